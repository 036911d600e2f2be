package dev.weir.core.decode;

/** The cells of the item that a decoder is at, and what the layout says of each slot. Not thread-safe. */
abstract class ItemCells {
    /** Texts that repeat from event to event. */
    final TextCache names = new TextCache();

    private final boolean[] repeats;
    private final boolean[] keepsDigits;
    /** The first slot of members, which neither repeat nor keep digits. */
    private final int slots;

    private Items items;
    private Cells cells;

    ItemCells(Layout layout) {
        slots = layout.size();
        repeats = new boolean[slots];
        keepsDigits = new boolean[slots];
        for (int slot = 0; slot < slots; slot++) {
            repeats[slot] = layout.repeats(slot);
            keepsDigits[slot] = layout.keepsDigits(slot);
        }
    }

    /** Sets the items to fill, beginning with the event. */
    final void fill(Items into) {
        items = into;
        cells = into.event();
    }

    final Items items() {
        return items;
    }

    /** Makes the row of another item the one to fill. */
    final void enter(Cells row) {
        cells = row;
    }

    final Cells cells() {
        return cells;
    }

    /** Returns whether the slot's texts repeat from event to event. */
    final boolean repeats(int slot) {
        return slot < slots && repeats[slot];
    }

    /** Returns whether a number in the slot keeps its digits. */
    final boolean keepsDigits(int slot) {
        return slot < slots && keepsDigits[slot];
    }
}
