package dev.weir.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.core.catalog.Input;
import dev.weir.core.model.FileHead;
import dev.weir.core.model.FileOutcome;
import dev.weir.core.model.Reason;
import dev.weir.core.model.Reject;
import dev.weir.files.AnnouncedFile;
import dev.weir.files.FileReader;
import dev.weir.files.FileStamp;
import dev.weir.files.ResumeAt;
import dev.weir.files.Rows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Files in memory. A file has its row numbers as rows; one that is not there is missing. */
final class FakeFiles implements FileOpener {
    private static final long MODIFIED = 1_700_000_000_000L;

    private final int chunk;
    private final Map<String, Integer> rows = new HashMap<>();
    private final Set<String> away = new HashSet<>();
    private final List<String> opened = new ArrayList<>();
    private int open;

    FakeFiles(int chunk) {
        this.chunk = chunk;
    }

    FakeFiles with(String uri, int count) {
        rows.put(uri, count);
        return this;
    }

    /** Storage has nothing of the file until {@link #back}. */
    void away(String uri) {
        away.add(uri);
    }

    void back(String uri) {
        away.remove(uri);
    }

    /** The URIs in the order of opening. */
    List<String> opened() {
        return opened;
    }

    int open() {
        return open;
    }

    @Override
    public FileReader.Handle open(Input input, AnnouncedFile file, ResumeAt resume) {
        opened.add(file.uri());
        open++;
        return new Handle(file, resume);
    }

    private final class Handle implements FileReader.Handle {
        private final AnnouncedFile file;
        private final FileHead head = new FileHead(null, null);
        private long next;
        private boolean closed;

        Handle(AnnouncedFile file, ResumeAt resume) {
            this.file = file;
            this.next = resume.rows();
            if (resume.rows() > 0) {
                if (resume.size() != stamp().size() || resume.modifiedMillis() != stamp().modifiedMillis()) {
                    throw new AssertionError("resumed as another file: " + resume);
                }
            }
        }

        @Override
        public Rows poll() {
            if (closed || away.contains(file.uri())) {
                return null;
            }
            if (!file.created()) {
                return end(FileOutcome.Kind.IGNORED, null);
            }
            Integer count = rows.get(file.uri());
            if (count == null) {
                return end(FileOutcome.Kind.REJECTED, new Reject(Reason.FILE_MISSING, "not there", null));
            }
            if (next == count) {
                return end(FileOutcome.Kind.READ, null);
            }
            long first = next + 1;
            next = Math.min(count, next + chunk);
            List<byte[]> values = IntStream.rangeClosed((int) first, (int) next)
                    .mapToObj(row -> Integer.toString(row).getBytes(UTF_8))
                    .toList();
            return new Rows(head, values, first, null);
        }

        private Rows end(FileOutcome.Kind kind, Reject reject) {
            return new Rows(
                    null,
                    List.of(),
                    next + 1,
                    new FileOutcome(kind, reject, file.uri(), file.version(), 0, next, MODIFIED));
        }

        @Override
        public FileStamp stamp() {
            Integer count = rows.get(file.uri());
            if (count == null || away.contains(file.uri())) {
                return null;
            }
            String version = file.version() == null ? count + "-" + MODIFIED : file.version();
            return new FileStamp(version, count, MODIFIED);
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                open--;
            }
        }
    }
}
