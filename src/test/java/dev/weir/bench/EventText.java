package dev.weir.bench;

/** Writes one event in some format. Reused: {@link #copy} hands out what was written. */
interface EventText {

    /** What the event says of its value. */
    enum Value {
        NUMBER,
        NULL,
        ABSENT
    }

    /**
     * @param sensorId null: the field is left out
     * @param hundredths the value in hundredths of its unit, not negative
     */
    void write(byte[] sensorId, int sensor, int metric, long eventTimeMillis, Value value, long hundredths);

    int length();

    /** The first bytes of what was written. */
    byte[] copy(int bytes);
}
