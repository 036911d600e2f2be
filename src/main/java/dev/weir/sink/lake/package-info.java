/**
 * Writes the Parquet lake: readings and aggregates as files that appear when the checkpoint that holds them completes.
 *
 * <p>{@link dev.weir.sink.lake.LakeTable}'s implementations define a table, {@link dev.weir.sink.lake.LakeWriter}
 * decides when a file is open, and {@link dev.weir.sink.lake.LakeCommitter} makes it visible. The rest of the job sees
 * only {@link dev.weir.sink.lake.LakeOutput}. Uses {@code core.model}, {@code config}, {@code doctor}, {@code failure},
 * {@code generation}, {@code metrics} and {@code output}; nothing here knows another sink, the catalog, or how a reading
 * came to be accepted. docs/adr/0001-lake-writer.md says why it is not Flink's {@code FileSink}.
 */
package dev.weir.sink.lake;
