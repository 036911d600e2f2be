package dev.weir.cli;

import dev.weir.core.catalog.Files;
import dev.weir.core.catalog.Input;
import dev.weir.core.model.FileHead;
import dev.weir.core.model.FileOutcome;
import dev.weir.files.AnnouncedFile;
import dev.weir.files.FileReader;
import dev.weir.files.ResumeAt;
import dev.weir.files.Rows;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;

/**
 * The rows of a sample, read as the job reads an announced file.
 *
 * @param uri of the sample
 * @param head what the file says of all its rows
 */
record SampleRows(String uri, FileHead head, List<byte[]> rows) {
    /** Limit of rows, because all of them are kept in memory. */
    private static final int MOST = 1_000_000;

    /**
     * Reads the file, wherever the input may read otherwise.
     *
     * @throws IOException if it cannot be read; the message says why
     */
    static SampleRows of(Path file, Input input) throws IOException {
        String uri = "file://" + file.toAbsolutePath().normalize();
        Files files = input.files();
        Files here =
                new Files(files.announcement(), List.of(uri), files.remember(), files.period(), files.compression());
        Input readable =
                new Input(input.topics(), here, input.payload(), input.fields(), input.readings(), input.texts());
        AnnouncedFile announced = new AnnouncedFile(uri, null, AnnouncedFile.UNKNOWN, AnnouncedFile.UNKNOWN, true);
        Semaphore ready = new Semaphore(0);
        List<byte[]> rows = new ArrayList<>();
        FileHead head = null;
        try (FileReader reader = new FileReader(ready::release);
                FileReader.Handle handle = reader.open(readable, announced, ResumeAt.START)) {
            while (rows.size() < MOST) {
                Rows some = handle.poll();
                if (some == null) {
                    ready.acquire();
                } else if (some.end() == null) {
                    head = some.head();
                    rows.addAll(some.rows());
                } else if (some.end().kind() == FileOutcome.Kind.READ) {
                    break;
                } else {
                    throw new IOException("--sample " + file + ": "
                            + some.end().reject().reason() + ": "
                            + some.end().reject().detail());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        return new SampleRows(uri, head, rows);
    }
}
