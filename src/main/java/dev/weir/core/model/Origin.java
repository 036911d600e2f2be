package dev.weir.core.model;

import java.util.Objects;

/**
 * The position of an event: that of its record in its topic and, if the record announced a file, that of its row in the file.
 *
 * @param timestampMillis the record's timestamp, epoch milliseconds UTC, by the producer's or the broker's clock
 * @param file URI of the announced file; null if the event is the record itself
 * @param row number of the row in the file, 1 for the first data row; 0 if the event is the record itself
 */
public record Origin(String topic, int partition, long offset, long timestampMillis, String file, long row) {

    /** Creates the position of a record. */
    public Origin(String topic, int partition, long offset, long timestampMillis) {
        this(topic, partition, offset, timestampMillis, null, 0);
    }

    /** Returns the position of the announcement of that file; this one if {@code uri} is null. */
    public Origin of(String uri) {
        return uri == null ? this : new Origin(topic, partition, offset, timestampMillis, uri, 0);
    }

    /** Returns whether both are the position of one event. */
    public boolean isOf(Origin other) {
        return offset == other.offset
                && row == other.row
                && partition == other.partition
                && topic.equals(other.topic)
                && Objects.equals(file, other.file);
    }

    /** Returns {@code topic/partition/offset/epoch-millis}, the form of the header {@code weir.origin}. */
    @Override
    public String toString() {
        return topic + '/' + partition + '/' + offset + '/' + timestampMillis;
    }
}
