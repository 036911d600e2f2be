/**
 * Connects to the PostgreSQL database: connections with their time limits, TLS, passwords and poolers, the meaning of
 * SQLSTATEs, the migrations, and the doctor's checks of all that. The sink, the generations and the books connect
 * through {@link dev.weir.postgres.Connections}. Uses {@code config}, {@code doctor} and {@code failure}; may not know
 * what the tables' rows mean.
 */
package dev.weir.postgres;
