/**
 * Aggregates to PostgreSQL: the codec, COPY and upsert, the guard, and both deliveries. The rest of the job sees only
 * {@link dev.weir.sink.postgres.PostgresSinks}. Uses {@code core.model}, {@code config}, {@code metrics} and
 * {@code postgres}; nothing here knows Kafka, the lake or another sink.
 */
package dev.weir.sink.postgres;
