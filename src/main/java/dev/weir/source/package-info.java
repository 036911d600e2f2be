/**
 * Reads events from Kafka, as bytes with their origin, and rows of the files that records announce. Nothing here decodes or
 * judges an event, so nothing here can reject or fail on an event's content. Uses {@code core.model}, {@code core.catalog},
 * {@code config}, {@code failure}, {@code files}, {@code kafka} and {@code metrics}.
 */
package dev.weir.source;
