package dev.weir.core.check;

import dev.weir.core.catalog.FieldSource;
import dev.weir.core.catalog.Input;
import dev.weir.core.decode.Cells;
import dev.weir.core.decode.Layout;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The slots of the sources that the catalog maps, by source. Used only to tell which fields an event of a sample lacks. Judging does not
 * use it.
 */
final class MappedFields {
    private final Map<String, Integer> slots = new LinkedHashMap<>();

    MappedFields(Input input, Layout layout) {
        put(input.sensorId(), layout.sensorId);
        for (int i = 0; i < layout.eventTime.length; i++) {
            put(input.eventTime().sources().get(i), layout.eventTime[i]);
        }
        put(input.metric(), layout.metric);
        put(input.value(), layout.value);
        put(input.unit(), layout.unit);
        put(input.site(), layout.site);
        List<FieldSource> readings = new ArrayList<>(input.readings().listed().values());
        for (int i = 0; i < readings.size(); i++) {
            put(readings.get(i), layout.readings[i]);
        }
    }

    private void put(FieldSource source, int slot) {
        if (slot != Layout.NONE) {
            slots.put(source.toString(), slot);
        }
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
