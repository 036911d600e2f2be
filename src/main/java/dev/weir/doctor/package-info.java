/**
 * How the surroundings of a job are examined before it starts: what a check is, what it finds, and how checks are run.
 * Each area's checks live with what they know: Kafka's in {@code kafka}, PostgreSQL's in {@code postgres}, a sink's
 * with the sink. Uses nothing of Weir.
 */
package dev.weir.doctor;
