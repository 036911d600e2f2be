package dev.weir.testing.oracle;

import dev.weir.core.catalog.Input;
import java.util.List;

/**
 * An event that is not rejected as a whole.
 *
 * @param input the one of the catalog that describes it
 */
record DecodedEvent(Input input, List<Item> items) {

    /**
     * One item: a fault, or a sensor, a time and reading slots.
     *
     * @param prefix of the details of its rejects: {@code "item 3: "}, or empty
     * @param fault why the whole item is rejected, which counts as one slot; null if it is decoded
     * @param eventTimeMicros epoch microseconds UTC, at the ends of long where the text lies beyond
     * @param laterMicros the other instant of a local time that comes twice, for the series to choose; null where there is no choice
     * @param site as {@link Fields#get} gave it
     */
    record Item(
            String prefix,
            EventFault fault,
            String sensorId,
            long eventTimeMicros,
            Long laterMicros,
            Object site,
            List<Slot> slots) {

        static Item faulty(String prefix, EventFault fault) {
            return new Item(prefix, fault, null, 0, null, null, List.of());
        }
    }

    /**
     * One reading slot.
     *
     * @param metric null for a name that is none
     * @param value as {@link Fields#get} gave it
     * @param unit as {@link Fields#get} gave it
     * @param textOnly whether the value comes from where there are only texts, so that a number in it needs no leniency
     */
    record Slot(String metric, Object value, Object unit, boolean textOnly) {}
}
