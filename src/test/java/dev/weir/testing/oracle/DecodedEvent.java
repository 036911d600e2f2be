package dev.weir.testing.oracle;

import java.util.List;

/**
 * An event whose sensor, metric and time decode.
 *
 * @param eventTimeMicros epoch microseconds UTC, at the ends of long where the text lies beyond
 * @param laterMicros the other instant of a local time that comes twice, for the series to choose; null where there is no choice
 * @param site as {@link Fields#get} gave it
 */
record DecodedEvent(String sensorId, long eventTimeMicros, Long laterMicros, Object site, List<Slot> slots) {

    /**
     * One reading slot.
     *
     * @param value as {@link Fields#get} gave it
     * @param unit as {@link Fields#get} gave it
     */
    record Slot(String metric, Object value, Object unit) {}
}
