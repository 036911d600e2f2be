package dev.weir.core.model;

/**
 * One record as it came from Kafka: its bytes and where it stood. Or, with {@code lost} above 0, no record: a range of offsets
 * that retention deleted before it was read. Such an event keeps its place among the others, so that a checkpoint holds the
 * count exactly if it holds the position.
 *
 * @param origin topic, partition, offset and timestamp of the record; of a lost range, its last offset
 * @param key the record's key, or null; never mutated
 * @param value the record's value, or null for a tombstone; never mutated
 * @param lost number of offsets in the lost range; 0 for a record
 */
public record Event(Origin origin, byte[] key, byte[] value, long lost) {

    /** A record. */
    public Event(Origin origin, byte[] key, byte[] value) {
        this(origin, key, value, 0);
    }

    /** The range of {@code offsets} offsets that ends with {@code last} was deleted before it was read. */
    public static Event lost(Origin last, long offsets) {
        return new Event(last, null, null, offsets);
    }
}
