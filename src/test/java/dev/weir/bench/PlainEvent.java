package dev.weir.bench;

/** What the plain job's source makes of a record: a reading, or why there is none, with the record's bytes for the dead letters. */
public class PlainEvent {
    public PlainReading reading;
    public String fault;
    public byte[] key;
    public byte[] value;

    public PlainEvent() {}

    static PlainEvent of(PlainReading reading) {
        PlainEvent event = new PlainEvent();
        event.reading = reading;
        return event;
    }

    static PlainEvent faulty(String fault, byte[] key, byte[] value) {
        PlainEvent event = new PlainEvent();
        event.fault = fault;
        event.key = key;
        event.value = value;
        return event;
    }
}
