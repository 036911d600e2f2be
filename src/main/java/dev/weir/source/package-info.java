/**
 * Where events come from: Kafka, as bytes with their coordinates. Nothing is decoded or judged here, and nothing here
 * can reject or fail on a record's content. Uses {@code core.model}, {@code config}, {@code failure} and {@code kafka}.
 */
package dev.weir.source;
