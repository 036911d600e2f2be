package dev.weir.files;

import java.io.IOException;
import org.apache.flink.core.fs.FSDataInputStream;

/**
 * The bytes of a stored file: exactly as many as it had when it was found. A connection that breaks is replaced once, at the byte where it
 * broke; if that fails too, or if bytes are missing, reading throws a {@link StorageException}.
 */
final class StorageStream extends BlockStream {
    private final StoredFile file;
    private FSDataInputStream in;
    private long at;
    /** Where the connection was replaced for the last time. A second failure at the same byte is not tried again. */
    private long brokeAt = -1;

    StorageStream(StoredFile file) throws StorageException {
        this.file = file;
        in = file.open(0);
    }

    long position() {
        return at;
    }

    long size() {
        return file.size;
    }

    /**
     * Continues at another position.
     *
     * @throws UnreadableFileException if the file has no such position, so that what named it is damaged
     */
    void seek(long position) throws StorageException, UnreadableFileException {
        if (position < 0 || position > file.size) {
            throw new UnreadableFileException("it names byte " + position + " of " + file.size);
        }
        try {
            in.seek(position);
        } catch (IOException | RuntimeException e) {
            throw new StorageException(e);
        }
        at = position;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int wanted = (int) Math.min(length, file.size - at);
        if (wanted == 0) {
            return length == 0 ? 0 : -1;
        }
        while (true) {
            try {
                int got = in.read(into, offset, wanted);
                if (got < 0) {
                    throw new StorageException("the connection ended at byte " + at + " of " + file.size);
                }
                at += got;
                return got;
            } catch (IOException | RuntimeException e) {
                reopen(e);
            }
        }
    }

    private void reopen(Exception failure) throws IOException {
        if (brokeAt == at) {
            throw failure instanceof StorageException storage ? storage : new StorageException(failure);
        }
        brokeAt = at;
        StoredFile.closeQuietly(in);
        file.checkUnchanged();
        in = file.open(at);
    }

    /** What is left, although nothing of it may be there yet: decompressors take 0 for the end of the file. */
    @Override
    public int available() {
        return (int) Math.min(Integer.MAX_VALUE, file.size - at);
    }

    @Override
    public void close() {
        StoredFile.closeQuietly(in);
        in = null;
    }
}
