/**
 * Writes dead letters to one Kafka topic, exactly once, with the reasons in the headers. Nothing is judged here, and no
 * dead letter can fail the job, whatever its size. Uses {@code core.model}, {@code config}, {@code doctor}, {@code
 * kafka}, {@code metrics} and {@code output}.
 */
package dev.weir.sink.deadletter;
