package dev.weir.core.model;

import java.util.List;

/**
 * One Kafka record, or one row of a file that a record announced: its bytes and its position. If {@code lost} is above 0, it instead stands
 * for a range of offsets that Kafka's retention deleted before they were read. Such an event keeps its place among the others, so a
 * checkpoint contains its count exactly if it contains its position.
 *
 * @param origin topic, partition, offset and timestamp of the record; for a lost range, of its last offset
 * @param key the record's key, or null; never mutated
 * @param value the record's value, or null for a tombstone; never mutated
 * @param lost number of offsets in the lost range; 0 for a record
 * @param headers those headers of the record that the catalog names, in the record's order
 * @param file what the file says of all its rows; null unless the event is a row of a file, whose bytes are then the value
 * @param outcome what became of an announced file, whose announcement is then the value; null for all other events
 */
public record Event(
        Origin origin, byte[] key, byte[] value, long lost, List<Header> headers, FileHead file, FileOutcome outcome) {

    /** Limit of an event's value, in bytes; a longer one is malformed. Of a longer row of a file, one byte more than this is read. */
    public static final int MAX_BYTES = 1 << 20;

    /**
     * A header of a record.
     *
     * @param value null if the header has none; never mutated
     */
    public record Header(String name, byte[] value) {}

    /** Creates the event of a record without headers. */
    public Event(Origin origin, byte[] key, byte[] value) {
        this(origin, key, value, List.of());
    }

    /** Creates the event of a record. */
    public Event(Origin origin, byte[] key, byte[] value, List<Header> headers) {
        this(origin, key, value, 0, headers, null, null);
    }

    /**
     * Creates the event of a row.
     *
     * @param origin with the file and the row
     * @param key the announcement's key, or null
     * @param headers the announcement's
     */
    public static Event row(Origin origin, byte[] key, byte[] row, List<Header> headers, FileHead file) {
        return new Event(origin, key, row, 0, headers, file, null);
    }

    /** Creates the event that tells what became of an announced file. Its key and value are the announcement's. */
    public static Event outcome(Origin origin, byte[] key, byte[] announcement, FileOutcome outcome) {
        return new Event(origin, key, announcement, 0, List.of(), null, outcome);
    }

    /** Returns the value of the last header of that name; null for none. */
    public byte[] header(String name) {
        for (int i = headers.size() - 1; i >= 0; i--) {
            if (headers.get(i).name().equals(name)) {
                return headers.get(i).value();
            }
        }
        return null;
    }

    /** Returns the event for a range of {@code offsets} deleted offsets that ends with {@code last}. */
    public static Event lost(Origin last, long offsets) {
        return new Event(last, null, null, offsets, List.of(), null, null);
    }
}
