package dev.weir.core.decode;

import dev.weir.core.catalog.Input;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The catalog's mapping, compiled to one slot for each mapped field. A field that is mapped twice has one slot. {@link #NONE} stands for a
 * field that is not mapped.
 */
public final class Layout {
    public static final int NONE = -1;

    public final int sensorId;
    public final int metric;
    public final int value;
    public final int unit;
    public final int site;
    /** One slot per event-time field, in the order in which they are joined. */
    public final int[] eventTime;
    /** Wide layout: one slot per entry of {@code readings}, in the catalog's order. */
    public final int[] readings;

    private final Map<List<String>, Integer> slots = new LinkedHashMap<>();
    private final boolean nests;

    public Layout(Input input) {
        nests = input.format().nests;
        sensorId = slotOf(input.sensorId());
        eventTime = slotsOf(input.eventTime().fields());
        metric = slotOf(input.metric());
        value = slotOf(input.value());
        unit = slotOf(input.unit());
        site = slotOf(input.site());
        readings = slotsOf(new ArrayList<>(input.readings().values()));
    }

    /** Returns the number of slots. */
    public int size() {
        return slots.size();
    }

    /** Returns the slots by path: the JSON keys from the root down, or the name of one column. */
    Map<List<String>, Integer> paths() {
        return slots;
    }

    /** Returns whether the slot's texts repeat from event to event, as names do, so that caching them pays off. */
    boolean repeats(int slot) {
        return slot == sensorId || slot == metric || slot == unit || slot == site;
    }

    /** Returns whether a number in this slot must keep its digits: in an event time, and in a name, which is the number as sent. */
    boolean keepsDigits(int slot) {
        return repeats(slot) || Arrays.stream(eventTime).anyMatch(time -> time == slot);
    }

    private int[] slotsOf(List<String> fields) {
        return fields.stream().mapToInt(this::slotOf).toArray();
    }

    private int slotOf(String field) {
        if (field == null) {
            return NONE;
        }
        List<String> path = nests && field.startsWith("/") ? pointer(field) : List.of(field);
        return slots.computeIfAbsent(path, unused -> slots.size());
    }

    /** Returns the keys of a JSON pointer. */
    private static List<String> pointer(String pointer) {
        List<String> keys = new ArrayList<>();
        int start = 1;
        while (start <= pointer.length()) {
            int slash = pointer.indexOf('/', start);
            int end = slash < 0 ? pointer.length() : slash;
            keys.add(pointer.substring(start, end).replace("~1", "/").replace("~0", "~"));
            start = end + 1;
        }
        return keys;
    }
}
