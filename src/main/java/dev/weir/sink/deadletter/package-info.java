/**
 * Where what was turned aside goes: one Kafka topic, exactly once, with the reasons in the headers. Nothing is judged
 * here, and whatever its size, no dead letter can fail the job. Uses {@code core.model}, {@code config},
 * {@code doctor}, {@code kafka}, {@code metrics} and {@code output}.
 */
package dev.weir.sink.deadletter;
