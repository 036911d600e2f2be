/**
 * Reads events from Kafka, as bytes with their origin. Nothing here decodes or judges an event, so nothing here can
 * reject or fail on a record's content. Uses {@code core.model}, {@code config}, {@code failure} and {@code kafka}.
 */
package dev.weir.source;
