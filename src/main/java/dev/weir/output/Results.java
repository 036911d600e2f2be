package dev.weir.output;

import dev.weir.core.model.Aggregate;
import dev.weir.core.model.DeadLetter;
import dev.weir.core.model.Reading;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * Holds the streams that outputs can use. None has watermarks. An output uses the streams that it needs, and may
 * repartition them, because readings and rows carry their series and generation.
 *
 * @param readings accepted readings, at the parallelism of the series; the readings of one series are in the order in
 *     which they were accepted
 * @param aggregates the rows of the windows, at the same parallelism; those of one series and window are in the order
 *     of their revisions
 * @param deadLetters rejected events and readings, in no order
 */
public record Results(
        DataStream<Reading> readings, DataStream<Aggregate> aggregates, DataStream<DeadLetter> deadLetters) {}
