package dev.weir.files;

import dev.weir.core.catalog.Input;
import dev.weir.files.Allowed.RefusedFileException;
import java.io.IOException;

/**
 * Finds and opens one announced file, each time anew: it must be allowed, be the file that was announced, and stay the one that was opened
 * first, in this run or before a restart.
 */
final class FileAccess {
    /** By the clocks of two parts of a store. */
    private static final long CLOCK_SKEW_MILLIS = 2_000;

    private final Outside outside;
    private final Allowed allowed;
    private final Input input;
    private final AnnouncedFile file;
    private final ResumeAt resume;
    private volatile String uri;
    private volatile FileStamp stamp;

    FileAccess(Outside outside, Allowed allowed, Input input, AnnouncedFile file, ResumeAt resume) {
        this.outside = outside;
        this.allowed = allowed;
        this.input = input;
        this.file = file;
        this.resume = resume;
        uri = file.uri();
    }

    /** Returns the file's URI, normalized if it may be read. */
    String uri() {
        return uri;
    }

    /** Returns whether an open file takes memory by its writer's choice: a row group of some 100 MB. */
    boolean isLarge() {
        return input.format() == Input.Format.PARQUET;
    }

    /** Returns the file as it was opened first; null if it was not found yet. */
    FileStamp stamp() {
        return stamp;
    }

    /**
     * Opens the file at its first row.
     *
     * @throws StorageException if the storage fails, or has no such file
     * @throws IOException if the file cannot be read, or is not the one that was opened before
     */
    RowSource open() throws IOException, RefusedFileException, OverwrittenFileException {
        uri = allowed.check(file.uri());
        StoredFile found = StoredFile.find(outside, FileUri.flinkPath(resolved()));
        FileStamp known = stamp;
        if (known != null) {
            checkSame(found, known.size(), known.modifiedMillis());
        } else if (resume.size() >= 0) {
            checkSame(found, resume.size(), resume.modifiedMillis());
        } else {
            checkAnnounced(found);
        }
        if (known == null) {
            String version = file.version() == null ? found.size + "-" + found.modifiedMillis : file.version();
            stamp = new FileStamp(version, found.size, found.modifiedMillis);
        }
        return FileOpener.open(found, uri, input);
    }

    private String resolved() throws RefusedFileException, StorageException {
        try {
            return allowed.resolve(uri);
        } catch (IOException e) {
            throw new StorageException(e);
        }
    }

    private static void checkSame(StoredFile found, long size, long modifiedMillis) throws UnreadableFileException {
        if (found.size != size || found.modifiedMillis != modifiedMillis) {
            throw new UnreadableFileException("it was overwritten while it was read");
        }
    }

    private void checkAnnounced(StoredFile found) throws OverwrittenFileException {
        if (file.size() != AnnouncedFile.UNKNOWN && file.size() != found.size) {
            throw new OverwrittenFileException("overwritten since it was announced with " + file.size()
                    + " bytes: it has " + found.size + " now, and its own announcement follows");
        }
        if (file.modifiedMillis() != AnnouncedFile.UNKNOWN
                && found.modifiedMillis > file.modifiedMillis() + CLOCK_SKEW_MILLIS) {
            throw new OverwrittenFileException("overwritten " + (found.modifiedMillis - file.modifiedMillis())
                    + " ms after it was announced: its own announcement follows");
        }
    }
}
