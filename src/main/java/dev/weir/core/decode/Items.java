package dev.weir.core.decode;

import dev.weir.core.catalog.Opening;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * The items of the current event, as rows of cells. A decoder fills them; the caller then reads one item after another. Refilled for every
 * event; not thread-safe.
 *
 * <p><b>Idea.</b> An event opens into items level by level ({@link Layout}). A row of a level knows the row above from which it was opened,
 * so a field of the event is stored once, wherever in the event it stands, and copied into an item when the item is read.
 *
 * <p><b>Invariant.</b> The rows of a level are in the order of the event. With one level, as in version 1 of the catalog, there is one row,
 * which is the event, and nothing is copied.
 */
public final class Items {
    /** Limit of items in an event. */
    static final int MAX_ITEMS = 10_000;
    /** Rows that are kept for the next event. */
    private static final int KEPT_ROWS = 1_024;

    private final Layout layout;
    private final Set<String> nullTexts;
    private final Cells event;
    /** The rows of each level; rows beyond its count are spares. */
    private final List<List<Cells>> rows = new ArrayList<>();

    private final int[] counts;
    /** The slots of each level that are mapped. */
    private final int[][] slots;

    /**
     * Creates items of which there is one, whose cells are absent.
     *
     * @param nullTexts texts that mean "no value"
     */
    public Items(Layout layout, Set<String> nullTexts) {
        this.layout = layout;
        this.nullTexts = nullTexts;
        int levels = layout.levels();
        counts = new int[levels];
        slots = new int[levels][];
        for (int level = 0; level < levels; level++) {
            int at = level;
            rows.add(new ArrayList<>());
            slots[level] = layout.places().entrySet().stream()
                    .filter(place -> place.getKey().level() == at)
                    .mapToInt(place -> place.getValue())
                    .toArray();
        }
        event = new Cells(layout.size(), nullTexts);
        rows.get(0).add(event);
        counts[0] = 1;
    }

    /** Makes the event's cells absent and removes all other rows. */
    public void clear() {
        event.clear();
        if (counts.length > 1) {
            Arrays.fill(counts, 1, counts.length, 0);
            rows.forEach(Items::shrink);
        }
        counts[0] = 1;
    }

    private static void shrink(List<Cells> level) {
        if (level.size() > KEPT_ROWS) {
            level.subList(KEPT_ROWS, level.size()).clear();
        }
    }

    /** Returns the row of the event itself. */
    public Cells event() {
        return event;
    }

    /** Makes an event of one level have no item. */
    void skip() {
        counts[0] = 0;
    }

    /**
     * Adds a row under the last row of the level above, which counts as opened then.
     *
     * @throws MalformedEventException if there are too many
     */
    Cells begin(int level) throws MalformedEventException {
        if (counts[level] == MAX_ITEMS) {
            throw new MalformedEventException("more than " + MAX_ITEMS + " items");
        }
        List<Cells> of = rows.get(level);
        if (counts[level] == of.size()) {
            of.add(new Cells(layout.size(), nullTexts));
        }
        Cells row = of.get(counts[level]);
        row.clear();
        row.parent = last(level - 1);
        row.index = siblings(level, row.parent);
        counts[level]++;
        return row;
    }

    /** Returns the number of rows that have been opened from the parent, which is the last row of its level. */
    private int siblings(int level, Cells parent) {
        Cells before = counts[level] == 0 ? null : rows.get(level).get(counts[level] - 1);
        return before == null || before.parent != parent ? 0 : before.index + 1;
    }

    private Cells last(int level) {
        return rows.get(level).get(counts[level] - 1);
    }

    /** Notes what stands where the last row of the level above was to be opened. */
    void opened(int level, Cells.Kind found) {
        last(level - 1).opened = found;
    }

    /** Notes why the text that the last row of the level above wraps is malformed. It only counts if no repeated key replaces the text. */
    void spoil(int level, MalformedEventException fault) {
        last(level - 1).malformed = fault;
    }

    /** Removes the rows that were opened from the last row of the level above, because a repeated key replaces what they came from. */
    void forget(int level) {
        Cells parent = last(level - 1);
        parent.opened = Cells.Kind.ABSENT;
        parent.malformed = null;
        // Deeper rows hang from these and come after them.
        for (int below = counts.length - 1; below >= level; below--) {
            while (counts[below] > 0 && hangsFrom(last(below), parent)) {
                counts[below]--;
            }
        }
    }

    private static boolean hangsFrom(Cells row, Cells ancestor) {
        for (Cells up = row.parent; up != null; up = up.parent) {
            if (up == ancestor) {
                return true;
            }
        }
        return false;
    }

    /**
     * Ends the last row of a level. If it has not been opened, adds one item in its place, so that what is missing is reported there.
     *
     * @throws MalformedEventException if there are too many items, or what the row wraps is malformed
     */
    void end(int level) throws MalformedEventException {
        if (last(level).malformed != null) {
            throw last(level).malformed;
        }
        if (level + 1 < counts.length && last(level).opened != Cells.Kind.OPENED) {
            for (int below = level + 1; below < counts.length; below++) {
                begin(below).faulty = true;
            }
        }
    }

    /** Returns the number of items. */
    public int size() {
        return counts[counts.length - 1];
    }

    /** Returns an item. Its cells also hold the fields of the items around it. */
    public Cells item(int number) {
        Cells item = rows.get(counts.length - 1).get(number);
        Cells around = item.parent;
        for (int level = counts.length - 2; level >= 0; level--) {
            for (int slot : slots[level]) {
                item.copy(slot, around, slot);
            }
            around = around.parent;
        }
        return item;
    }

    /** Returns an item without what is around it. */
    Cells row(int number) {
        return rows.get(counts.length - 1).get(number);
    }

    /** Makes an item the one of a smaller number, in whose place the row is kept for later. */
    void move(int from, int to) {
        Collections.swap(rows.get(counts.length - 1), from, to);
    }

    /** Keeps only the first items. */
    void keep(int size) {
        counts[counts.length - 1] = size;
    }

    /** Returns the step that could not be taken to the item, so that it only stands for one; null for a real item. */
    public Opening unopened(Cells item) {
        if (!item.faulty) {
            return null;
        }
        int level = counts.length - 1;
        for (Cells up = item.parent; up.faulty; up = up.parent) {
            level--;
        }
        return layout.opening(level);
    }

    /** Returns what stands where an item could not be opened. */
    public Cells.Kind foundInstead(Cells item) {
        return above(item).opened;
    }

    /** Returns whether the event itself could not be opened, and not an item of an array in it. */
    public boolean isEventUnopened(Cells item) {
        return item.faulty && index(item).isEmpty();
    }

    private static Cells above(Cells item) {
        Cells up = item.parent;
        while (up.faulty) {
            up = up.parent;
        }
        return up;
    }

    /** Returns the item's index in its array, with those of the arrays around it in front: {@code 3}, or {@code 3.0}. */
    public String index(Cells item) {
        StringBuilder index = new StringBuilder();
        Cells row = item;
        for (int level = counts.length - 1; level > 0; level--) {
            if (layout.opening(level).kind() == Opening.Kind.EACH && !row.faulty) {
                index.insert(0, index.isEmpty() ? "" : ".").insert(0, row.index);
            }
            row = row.parent;
        }
        return index.toString();
    }
}
