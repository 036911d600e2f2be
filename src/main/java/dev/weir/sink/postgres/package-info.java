/**
 * Writes aggregates to PostgreSQL: the codec, COPY and upsert, the guard, and both deliveries. The rest of the job uses only {@link
 * dev.weir.sink.postgres.PostgresOutput}. Uses {@code core.model}, {@code config}, {@code doctor}, {@code metrics}, {@code output}, {@code
 * postgres} and {@code retry}. Nothing here knows Kafka, the lake or another sink.
 */
package dev.weir.sink.postgres;
