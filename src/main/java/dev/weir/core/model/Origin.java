package dev.weir.core.model;

/**
 * The position of an event in its topic.
 *
 * @param timestampMillis the record's timestamp, epoch milliseconds UTC, by the producer's or the broker's clock
 */
public record Origin(String topic, int partition, long offset, long timestampMillis) {

    /** Returns {@code topic/partition/offset/epoch-millis}, the form of the header {@code weir.origin}. */
    @Override
    public String toString() {
        return topic + '/' + partition + '/' + offset + '/' + timestampMillis;
    }
}
