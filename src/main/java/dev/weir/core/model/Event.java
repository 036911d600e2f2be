package dev.weir.core.model;

/**
 * One record as it came from Kafka: its bytes and where it stood.
 *
 * @param origin topic, partition, offset and timestamp of the record
 * @param key the record's key, or null; never mutated
 * @param value the record's value, or null for a tombstone; never mutated
 */
public record Event(Origin origin, byte[] key, byte[] value) {}
