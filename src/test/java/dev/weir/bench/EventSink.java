package dev.weir.bench;

/** Takes the records of a workload, in the order of sending. The arrays are the receiver's. */
@FunctionalInterface
interface EventSink {
    /** @param timestampMillis the record's timestamp */
    void accept(int partition, long timestampMillis, byte[] key, byte[] value);
}
