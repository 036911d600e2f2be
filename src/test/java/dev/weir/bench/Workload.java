package dev.weir.bench;

/** A seeded sequence of records: the same ones each time. */
interface Workload {
    void generate(long events, EventSink to);
}
