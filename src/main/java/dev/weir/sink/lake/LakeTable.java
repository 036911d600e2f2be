package dev.weir.sink.lake;

import java.io.Serializable;
import java.util.function.Function;
import org.apache.parquet.schema.MessageType;

/** Defines one table of the lake: its directory, its columns, and the partition of a row. Stateless. */
interface LakeTable<T> extends Serializable {

    /**
     * Returns the directory below the lake path. With the suffix {@code -lake} it is also the name of the sink in
     * metrics.
     */
    String name();

    /** Returns the columns in order. They are a public interface (docs/reading-the-lake.md). */
    MessageType schema();

    /** Returns a new function from a row to its directory below the table's. It has a cache and is for one thread. */
    Function<T, String> partitioner();

    /** Writes the columns of one row, in the order of the schema. */
    void write(T row, ColumnWriter columns);
}
