/**
 * Files that a topic announces: what an announcement says, which files may be read, and how their rows are read ahead of the consumer.
 * Knows Flink's file systems, and no Kafka.
 */
package dev.weir.files;
