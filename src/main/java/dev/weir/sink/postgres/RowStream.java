package dev.weir.sink.postgres;

import dev.weir.core.model.Aggregate;
import java.io.Closeable;
import java.io.IOException;

/** A stream of rows in the order of their keys. */
interface RowStream extends Closeable {

    /** Returns the next row, or null after the last. */
    Aggregate next() throws IOException;

    @Override
    void close() throws IOException;
}
