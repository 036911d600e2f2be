package dev.weir.sink.lake;

import java.io.Serializable;
import java.util.function.Function;
import org.apache.parquet.schema.MessageType;

/** One table of the lake: its directory, its columns, and the partition that a row belongs to. Stateless. */
interface LakeTable<T> extends Serializable {

    /** The directory below the lake path; also the name of the sink in metrics, with {@code -lake} behind. */
    String name();

    /** The columns in order: a public interface (docs/reading-the-lake.md). */
    MessageType schema();

    /** A new function from a row to its directory below the table's, with a cache for one thread. */
    Function<T, String> partitioner();

    /** Writes the columns of one row, in the order of the schema. */
    void write(T row, ColumnWriter columns);
}
