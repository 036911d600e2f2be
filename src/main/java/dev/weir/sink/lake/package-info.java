/**
 * The Parquet lake: readings and aggregates as files that appear when the checkpoint that holds them completes.
 *
 * <p>What a table looks like is in {@link dev.weir.sink.lake.LakeTable}'s implementations, when a file is open is in
 * {@link dev.weir.sink.lake.LakeWriter}, when it becomes visible is in {@link dev.weir.sink.lake.LakeCommitter}. Uses
 * {@code core.model}, {@code config}, {@code doctor} and {@code metrics}; nothing here knows another sink, the catalog,
 * or how a reading came to be accepted. Why it is not Flink's {@code FileSink}: docs/adr/0001-lake-writer.md.
 */
package dev.weir.sink.lake;
