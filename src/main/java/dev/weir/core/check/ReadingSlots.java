package dev.weir.core.check;

import dev.weir.core.catalog.Catalog;
import dev.weir.core.catalog.Catalog.UnknownMetric;
import dev.weir.core.catalog.FieldSource;
import dev.weir.core.catalog.Input;
import dev.weir.core.catalog.Metric;
import dev.weir.core.decode.Cells;
import dev.weir.core.decode.Layout;
import dev.weir.core.decode.MalformedEventException;
import java.util.List;
import java.util.Map;

/** The readings that an item of the wide layout has: those of listed metrics, and members of the wildcard's object. */
final class ReadingSlots {
    /** Limit of readings in an event. */
    static final int MAX = 1_000;

    private final Catalog catalog;
    private final Map<String, FieldSource> listed;
    private final List<Column> columns;
    private final boolean ignoresUnknown;

    /** A listed metric. */
    record Column(String metric, FieldSource field, int slot, boolean optional) {}

    ReadingSlots(Catalog catalog, Input input, Layout layout) {
        this.catalog = catalog;
        listed = input.readings().listed();
        ignoresUnknown = catalog.unknownMetric() == UnknownMetric.IGNORE;
        Column[] all = new Column[layout.readings.length];
        int i = 0;
        for (Map.Entry<String, FieldSource> entry : listed.entrySet()) {
            all[i] = new Column(entry.getKey(), entry.getValue(), layout.readings[i], isOptional(entry.getKey()));
            i++;
        }
        columns = List.of(all);
    }

    private boolean isOptional(String name) {
        Metric metric = catalog.metrics().get(name);
        return metric != null && metric.optional();
    }

    /** Returns the listed metrics in the catalog's order. */
    List<Column> columns() {
        return columns;
    }

    /**
     * Checks the number of readings of an item.
     *
     * @throws MalformedEventException if it alone has more than an event may have
     */
    void check(Cells cells) throws MalformedEventException {
        if (columns.size() + cells.members() > MAX && count(cells) > MAX) {
            throw new MalformedEventException("more than " + MAX + " readings");
        }
    }

    private int count(Cells cells) {
        int count = 0;
        for (int i = 0; i < columns.size(); i++) {
            count += isSlot(columns.get(i), cells) ? 1 : 0;
        }
        for (int i = 0; i < cells.members(); i++) {
            count += isSlot(cells.member(i), cells.memberSlot(i), cells) ? 1 : 0;
        }
        return count;
    }

    /** Returns whether the item has a reading of a listed metric, which may be a faulty one. */
    boolean isSlot(Column column, Cells cells) {
        return !column.optional() || !cells.missing(column.slot());
    }

    /** Returns whether a member is a reading, which may be a faulty one. */
    boolean isSlot(String name, int slot, Cells cells) {
        return cells.kind(slot) != Cells.Kind.ABSENT
                && !listed.containsKey(name)
                && !(ignoresUnknown && !catalog.metrics().containsKey(name))
                && !(cells.missing(slot) && isOptional(name));
    }
}
