package dev.weir.sink.deadletter;

/**
 * One record for the dead-letter topic, all decided but the partition. A Flink POJO: it crosses operators without Kryo.
 *
 * @param key the event's key, or null
 * @param value what the dead letter carries, or null for a tombstone
 * @param headerNames in the order of the record; names repeat
 * @param headerValues UTF-8, one for each name
 */
public record DeadLetterRecord(byte[] key, byte[] value, String[] headerNames, byte[][] headerValues) {

    /** Of key, value and headers, without what a transport adds. */
    long bytes() {
        long sum = (key == null ? 0 : key.length) + (long) (value == null ? 0 : value.length);
        for (int i = 0; i < headerNames.length; i++) {
            sum += headerNames[i].length() + (long) headerValues[i].length;
        }
        return sum;
    }
}
