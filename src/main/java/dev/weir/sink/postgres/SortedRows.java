package dev.weir.sink.postgres;

import dev.weir.core.model.Aggregate;
import java.io.Closeable;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputDeserializer;

/**
 * Rows sorted by key, each key once, on the heap or in a local file. They are encoded in chunks that can each be read on its own.
 * Immutable, so that the committing thread and a snapshot can read them at the same time.
 */
interface SortedRows {

    /** Returns the bytes of all chunks. */
    long bytes();

    /** Returns the chunks from the first on. */
    Chunks chunks() throws IOException;

    /** Frees the heap or file. The rows must not be read afterwards. */
    void delete();

    /** A stream of chunks. Each contains encoded rows, one after another. */
    interface Chunks extends Closeable {
        /** Returns the next chunk, or null after the last. */
        byte[] next() throws IOException;

        @Override
        void close() throws IOException;
    }

    /** Returns the rows. */
    default RowStream rows() throws IOException {
        Chunks chunks = chunks();
        return new RowStream() {
            private final DataInputDeserializer in = new DataInputDeserializer();

            @Override
            public Aggregate next() throws IOException {
                while (in.available() == 0) {
                    byte[] chunk = chunks.next();
                    if (chunk == null) {
                        return null;
                    }
                    in.setBuffer(chunk);
                }
                return AggregateCodec.read(in);
            }

            @Override
            public void close() throws IOException {
                chunks.close();
            }
        };
    }
}
