package dev.weir.sink.lake;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;

/**
 * Lets Parquet write one file into a stream that stays open when Parquet closes it, because Flink's stream must be
 * closed for commit.
 */
final class StreamOutputFile implements OutputFile {
    /** The size of the buffer. Parquet writes its footer byte by byte, and Flink's local streams do not buffer. */
    private static final int BUFFER_BYTES = 16 * 1024;

    private final OutputStream stream;

    StreamOutputFile(OutputStream stream) {
        this.stream = stream;
    }

    @Override
    public PositionOutputStream create(long blockSizeHint) {
        return new BufferedPositionStream(stream);
    }

    @Override
    public PositionOutputStream createOrOverwrite(long blockSizeHint) {
        return create(blockSizeHint);
    }

    @Override
    public boolean supportsBlockSize() {
        return false;
    }

    @Override
    public long defaultBlockSize() {
        return 0;
    }

    private static final class BufferedPositionStream extends PositionOutputStream {
        private final BufferedOutputStream buffered;
        private long position;

        BufferedPositionStream(OutputStream stream) {
            this.buffered = new BufferedOutputStream(stream, BUFFER_BYTES);
        }

        @Override
        public long getPos() {
            return position;
        }

        @Override
        public void write(int oneByte) throws IOException {
            buffered.write(oneByte);
            position++;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            buffered.write(bytes, offset, length);
            position += length;
        }

        @Override
        public void flush() throws IOException {
            buffered.flush();
        }

        /** Flushes only: the owner of the stream closes it. */
        @Override
        public void close() throws IOException {
            buffered.flush();
        }
    }
}
