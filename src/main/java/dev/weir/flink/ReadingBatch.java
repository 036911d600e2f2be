package dev.weir.flink;

import dev.weir.core.model.SeriesKey;

/**
 * Some readings on their way to one subtask of {@link SeriesOperator}, in their order: written by {@link BatchWriter}, read by {@link
 * BatchReader}.
 *
 * @param route the series of its first reading; the exchange is keyed by it
 * @param bytes never mutated
 */
public record ReadingBatch(SeriesKey route, byte[] bytes) {}
