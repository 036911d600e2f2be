package dev.weir.core.decode;

import java.util.Arrays;
import java.util.Set;

/** The mapped fields of the current event, by slot ({@link Layout}). Refilled for every event; not thread-safe. */
public final class Cells {

    /** The kind of a cell's content. */
    public enum Kind {
        /** The event has no such field. */
        ABSENT,
        /** JSON null, or a text that the catalog lists as "no value"; the latter keeps its text. */
        NULL,
        TEXT,
        /** A number without fraction or exponent that fits a long. */
        INTEGER,
        /** Any other finite or overflowing number. */
        DECIMAL,
        /** A bare {@code NaN} or {@code Infinity}. */
        NOT_FINITE,
        /** A boolean, an object or an array. */
        OTHER
    }

    private final Set<String> nullTexts;
    private final Kind[] kinds;
    private final String[] texts;
    private final long[] integers;
    private final double[] numbers;

    /**
     * Creates cells that are all absent.
     *
     * @param nullTexts texts that mean "no value"
     */
    public Cells(int slots, Set<String> nullTexts) {
        this.nullTexts = nullTexts;
        this.kinds = new Kind[slots];
        this.texts = new String[slots];
        this.integers = new long[slots];
        this.numbers = new double[slots];
        clear();
    }

    /** Makes every cell absent. */
    public void clear() {
        Arrays.fill(kinds, Kind.ABSENT);
        Arrays.fill(texts, null);
    }

    public Kind kind(int slot) {
        return kinds[slot];
    }

    /** Returns whether the cell is absent or means "no value". */
    public boolean missing(int slot) {
        return kinds[slot] == Kind.ABSENT || kinds[slot] == Kind.NULL;
    }

    /** Returns whether the cell can be a name: it is a text, or a number, whose digits as sent are then the name. */
    public boolean isName(int slot) {
        Kind kind = kinds[slot];
        return kind == Kind.TEXT || kind == Kind.INTEGER || kind == Kind.DECIMAL;
    }

    /** Returns the text of a {@code TEXT} or of a null text, or the digits of a number in a name or event time; null for others. */
    public String text(int slot) {
        return texts[slot] == null && kinds[slot] == Kind.INTEGER ? Long.toString(integers[slot]) : texts[slot];
    }

    /** Returns the number of an {@code INTEGER}. */
    public long integer(int slot) {
        return integers[slot];
    }

    /** Returns the number of an {@code INTEGER} or {@code DECIMAL}; may be infinite. */
    public double number(int slot) {
        return numbers[slot];
    }

    void setAbsent(int slot) {
        set(slot, Kind.ABSENT, null);
    }

    void setNull(int slot) {
        set(slot, Kind.NULL, null);
    }

    void setText(int slot, String text) {
        set(slot, nullTexts.contains(text) ? Kind.NULL : Kind.TEXT, text);
    }

    /**
     * Sets an integer.
     *
     * @param digits the digits as sent; null if they equal {@code Long.toString} of the number or nobody needs them
     */
    void setInteger(int slot, long integer, String digits) {
        set(slot, Kind.INTEGER, digits);
        integers[slot] = integer;
        numbers[slot] = integer;
    }

    void setDecimal(int slot, double number, String digits) {
        set(slot, Kind.DECIMAL, digits);
        numbers[slot] = number;
    }

    void setNotFinite(int slot) {
        set(slot, Kind.NOT_FINITE, null);
    }

    void setOther(int slot) {
        set(slot, Kind.OTHER, null);
    }

    private void set(int slot, Kind kind, String text) {
        kinds[slot] = kind;
        texts[slot] = text;
    }
}
