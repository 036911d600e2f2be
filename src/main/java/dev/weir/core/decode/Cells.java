package dev.weir.core.decode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Set;

/**
 * The mapped fields of one item of an event, by slot ({@link Layout}), and behind them the members of an object that are readings of their
 * own. Refilled for every event; not thread-safe.
 */
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
        /** The integer is 1 for true and 0 for false. */
        BOOLEAN,
        /** An instant that the format itself knows as one. The integer is epoch microseconds, UTC. */
        INSTANT,
        /** A time from the record's timestamp on. The integer is microseconds. */
        RELATIVE,
        /** An object or an array. */
        OTHER,
        /** Not of a cell: an array or a wrapped text whose items follow ({@link Items}). */
        OPENED
    }

    /** Members for which a row keeps its room. */
    private static final int KEPT_MEMBERS = 256;

    private final Set<String> nullTexts;
    private final int slots;
    private Kind[] kinds;
    private String[] texts;
    private long[] integers;
    private double[] numbers;

    /** The name of each member. */
    private final ArrayList<String> memberNames = new ArrayList<>(0);

    /** The row of which this one was opened; null for the event. */
    Cells parent;
    /** Counts the rows that were opened from the same parent. */
    int index;
    /** What stands where this row was to be opened. */
    Kind opened = Kind.ABSENT;
    /** Why the text that this row wraps is malformed; null if it is not. */
    MalformedEventException malformed;
    /** Whether this row only stands for one that could not be opened. */
    boolean faulty;

    /**
     * Creates cells that are all absent.
     *
     * @param nullTexts texts that mean "no value"
     */
    public Cells(int slots, Set<String> nullTexts) {
        this.nullTexts = nullTexts;
        this.slots = slots;
        this.kinds = new Kind[slots];
        this.texts = new String[slots];
        this.integers = new long[slots];
        this.numbers = new double[slots];
        clear();
    }

    /** Makes every cell absent and removes the members. */
    public void clear() {
        Arrays.fill(kinds, Kind.ABSENT);
        Arrays.fill(texts, null);
        opened = Kind.ABSENT;
        malformed = null;
        faulty = false;
        if (!memberNames.isEmpty()) {
            releaseMembers();
        }
    }

    private void releaseMembers() {
        if (memberNames.size() > KEPT_MEMBERS) {
            memberNames.clear();
            memberNames.trimToSize();
            resize(slots);
        }
        memberNames.clear();
    }

    /** Returns the number of members, those that were forgotten included. */
    public int members() {
        return memberNames.size();
    }

    /** Returns the name of a member. */
    public String member(int number) {
        return memberNames.get(number);
    }

    /** Returns the slot of a member. It is absent if the member was forgotten. */
    public int memberSlot(int number) {
        return slots + number;
    }

    /** Adds a member and returns its slot, which is to be filled. */
    int addMember(String name) {
        int slot = slots + memberNames.size();
        if (slot == kinds.length) {
            resize(2 * slot + 8);
            Arrays.fill(kinds, slot, kinds.length, Kind.ABSENT);
        }
        memberNames.add(name);
        return slot;
    }

    private void resize(int length) {
        kinds = Arrays.copyOf(kinds, length);
        texts = Arrays.copyOf(texts, length);
        integers = Arrays.copyOf(integers, length);
        numbers = Arrays.copyOf(numbers, length);
    }

    /** Makes the members {@code from}, inclusive, to {@code to}, exclusive, absent. */
    void forgetMembers(int from, int to) {
        for (int i = from; i < to; i++) {
            setAbsent(slots + i);
        }
    }

    /** Makes a cell equal to one of another row. */
    void copy(int slot, Cells from, int fromSlot) {
        kinds[slot] = from.kinds[fromSlot];
        texts[slot] = from.texts[fromSlot];
        integers[slot] = from.integers[fromSlot];
        numbers[slot] = from.numbers[fromSlot];
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

    /** Returns the number of an {@code INTEGER}, {@code BOOLEAN}, {@code INSTANT} or {@code RELATIVE}. */
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

    void setBoolean(int slot, boolean value) {
        set(slot, Kind.BOOLEAN, null);
        integers[slot] = value ? 1 : 0;
    }

    void setInstant(int slot, long micros) {
        set(slot, Kind.INSTANT, null);
        integers[slot] = micros;
    }

    void setRelative(int slot, long micros) {
        set(slot, Kind.RELATIVE, null);
        integers[slot] = micros;
    }

    void setOther(int slot) {
        set(slot, Kind.OTHER, null);
    }

    private void set(int slot, Kind kind, String text) {
        kinds[slot] = kind;
        texts[slot] = text;
    }
}
