/**
 * Aggregates to PostgreSQL: migrations, connections, the guard, and both deliveries. Nothing here knows Kafka, the lake or another
 * sink; the rest of the job sees only {@link dev.weir.sink.postgres.PostgresSinks}, {@link dev.weir.sink.postgres.Migrations} and
 * {@link dev.weir.sink.postgres.Connections}.
 */
package dev.weir.sink.postgres;
