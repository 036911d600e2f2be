package dev.weir.testing.oracle;

import java.util.List;

/**
 * An event whose sensor, metric and time decode.
 *
 * @param eventTimeMicros epoch microseconds UTC, at the ends of long where the text lies beyond
 * @param site as {@link Fields#get} gave it
 */
record DecodedEvent(String sensorId, long eventTimeMicros, Object site, List<Slot> slots) {

    /**
     * One reading slot.
     *
     * @param value as {@link Fields#get} gave it
     * @param unit as {@link Fields#get} gave it
     */
    record Slot(String metric, Object value, Object unit) {}
}
