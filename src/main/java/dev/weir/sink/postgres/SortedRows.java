package dev.weir.sink.postgres;

import dev.weir.core.model.Aggregate;
import java.io.Closeable;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputDeserializer;

/**
 * Rows sorted by key, each key once, encoded in chunks that can be read each on its own; on the heap or in a local file. Immutable, so
 * that the committing thread and a snapshot can read it at the same time.
 */
interface SortedRows {

    /** Bytes of all chunks. */
    long bytes();

    /** The chunks, from the first on. */
    Chunks chunks() throws IOException;

    /** Frees what it holds; it is not read any more. */
    void delete();

    /** Encoded rows, one after the other. */
    interface Chunks extends Closeable {
        /** The next chunk, or null after the last. */
        byte[] next() throws IOException;

        @Override
        void close() throws IOException;
    }

    /** The rows. */
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
