package dev.weir.sink.deadletter;

/**
 * Holds one record for the dead-letter topic, complete except for its partition. It is a Flink POJO, so it crosses
 * operators without Kryo.
 *
 * @param key the event's key, or null
 * @param value the dead letter's payload, or null for a Kafka tombstone
 * @param headerNames in the order of the record; names repeat
 * @param headerValues UTF-8, one for each name
 */
public record DeadLetterRecord(byte[] key, byte[] value, String[] headerNames, byte[][] headerValues) {

    /** Returns the bytes of key, value and headers, without the overhead of the transport. */
    long bytes() {
        long sum = (key == null ? 0 : key.length) + (long) (value == null ? 0 : value.length);
        for (int i = 0; i < headerNames.length; i++) {
            sum += headerNames[i].length() + (long) headerValues[i].length;
        }
        return sum;
    }
}
