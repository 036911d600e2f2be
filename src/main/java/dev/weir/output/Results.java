package dev.weir.output;

import dev.weir.core.model.Aggregate;
import dev.weir.core.model.DeadLetter;
import dev.weir.core.model.Reading;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * The streams that outputs can take. None has watermarks. An output takes those that it wants, and may partition them
 * anew: readings and rows carry their series and generation.
 *
 * @param readings accepted readings, at the parallelism of the series; the readings of one series in the order in which
 *     they were accepted
 * @param aggregates the rows of the windows, at the same parallelism; those of one series and window in the order of
 *     their revisions
 * @param deadLetters rejected events and readings, in no order
 */
public record Results(
        DataStream<Reading> readings, DataStream<Aggregate> aggregates, DataStream<DeadLetter> deadLetters) {}
