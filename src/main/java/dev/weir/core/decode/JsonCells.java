package dev.weir.core.decode;

/** Stores JSON texts and numbers in cells. Not thread-safe. */
final class JsonCells {
    /** An integer of at most this many characters, sign included, always fits a long. */
    private static final int LONG_CHARS = 18;

    private final TextCache names = new TextCache();
    private final Decimals decimals = new Decimals();
    private final boolean[] repeats;
    private final boolean[] keepsDigits;

    private Cells cells;

    JsonCells(Layout layout) {
        repeats = new boolean[layout.size()];
        keepsDigits = new boolean[layout.size()];
        for (int slot = 0; slot < layout.size(); slot++) {
            repeats[slot] = layout.repeats(slot);
            keepsDigits[slot] = layout.keepsDigits(slot);
        }
    }

    /** Sets the cells to fill. */
    void fill(Cells into) {
        cells = into;
    }

    Cells cells() {
        return cells;
    }

    void text(int slot, char[] chars, int offset, int length) {
        cells.setText(slot, repeats[slot] ? names.get(chars, offset, length) : new String(chars, offset, length));
    }

    /**
     * Stores an integer.
     *
     * @param chars an integer as JSON writes it
     */
    void integer(int slot, char[] chars, int offset, int length) {
        if (length > LONG_CHARS) {
            decimal(slot, chars, offset, length);
            return;
        }
        boolean negative = chars[offset] == '-';
        long magnitude = 0;
        for (int i = negative ? 1 : 0; i < length; i++) {
            magnitude = magnitude * 10 + (chars[offset + i] - '0');
        }
        String digits = null;
        if (repeats[slot]) {
            digits = names.get(chars, offset, length);
        } else if (negative && magnitude == 0 && keepsDigits[slot]) {
            digits = new String(chars, offset, length);
        }
        cells.setInteger(slot, negative ? -magnitude : magnitude, digits);
    }

    /**
     * Stores a number.
     *
     * @param chars a finite number as JSON writes it
     */
    void decimal(int slot, char[] chars, int offset, int length) {
        decimals.parse(chars, offset, length);
        cells.setDecimal(slot, decimals.value(), keepsDigits[slot] ? new String(chars, offset, length) : null);
    }
}
