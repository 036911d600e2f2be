package dev.weir.flink;

import dev.weir.core.model.SeriesKey;

/**
 * Readings for one subtask of {@link SeriesOperator}, in order. {@link BatchWriter} writes it and {@link BatchReader} reads it.
 *
 * @param route the series of its first reading, by which the exchange is keyed
 * @param bytes never mutated
 */
public record ReadingBatch(SeriesKey route, byte[] bytes) {}
