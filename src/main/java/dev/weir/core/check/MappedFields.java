package dev.weir.core.check;

import dev.weir.core.catalog.Input;
import dev.weir.core.decode.Cells;
import dev.weir.core.decode.Layout;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The slots of the fields that the catalog maps, by field. Used only to tell which fields an event of a sample lacks. Judging does not use
 * it.
 */
final class MappedFields {
    private final Map<String, Integer> slots = new LinkedHashMap<>();

    MappedFields(Input input, Layout layout) {
        slots.put(input.sensorId(), layout.sensorId);
        for (int i = 0; i < layout.eventTime.length; i++) {
            slots.put(input.eventTime().fields().get(i), layout.eventTime[i]);
        }
        slots.put(input.metric(), layout.metric);
        slots.put(input.value(), layout.value);
        slots.put(input.unit(), layout.unit);
        slots.put(input.site(), layout.site);
        List<String> readings = new ArrayList<>(input.readings().values());
        for (int i = 0; i < readings.size(); i++) {
            slots.put(readings.get(i), layout.readings[i]);
        }
        slots.values().removeIf(slot -> slot == Layout.NONE);
    }

    /** Returns the fields, each once and as the catalog names it. */
    List<String> names() {
        return List.copyOf(slots.keySet());
    }

    /** Returns the fields that are absent. */
    List<String> absent(Cells cells) {
        return slots.entrySet().stream()
                .filter(entry -> cells.kind(entry.getValue()) == Cells.Kind.ABSENT)
                .map(Map.Entry::getKey)
                .toList();
    }
}
