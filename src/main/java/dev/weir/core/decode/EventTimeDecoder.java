package dev.weir.core.decode;

import dev.weir.core.catalog.Input;
import dev.weir.core.model.Reason;
import dev.weir.core.model.Reject;
import java.time.ZoneId;
import java.util.List;

/** Reads the event time from its cells by the first of the catalog's formats that fits. Holds the last result; not thread-safe. */
public final class EventTimeDecoder {
    private final List<String> fields;
    private final int[] slots;
    private final TimeFormat[] formats;
    private final boolean numbersInTexts;
    /** By source: whether its text may be a number without leniency, because it can be nothing but a text. */
    private final boolean[] textOnly;

    private final StringBuilder joined = new StringBuilder();

    private long micros;
    private long recordMillis;

    /** The last text and its result. Events of many sensors often have the same instant, and parsing is expensive. */
    private String lastText = "";

    private boolean lastNumbers;
    private long lastMicros = Micros.NONE;
    private boolean lastOpen;
    private boolean open;

    /**
     * Compiles the catalog's formats.
     *
     * @throws IllegalArgumentException for an invalid pattern
     * @throws java.time.DateTimeException for an unknown zone
     */
    public EventTimeDecoder(Input input, Layout layout) {
        fields = input.eventTime().shown();
        slots = layout.eventTime;
        ZoneId zone = ZoneId.of(input.eventTime().zone());
        formats = input.eventTime().formats().stream()
                .map(format -> TimeFormat.of(format, zone, input.eventTime().overlap()))
                .toArray(TimeFormat[]::new);
        numbersInTexts = input.numbersInTexts();
        textOnly = new boolean[slots.length];
        for (int i = 0; i < slots.length; i++) {
            textOnly[i] = layout.isDerived(slots[i]);
        }
    }

    /** Returns the last event time, epoch microseconds UTC; the nearest end of {@code long} if it is beyond its range. */
    public long micros() {
        return micros;
    }

    /** Returns whether the last event time is the earlier instant of a local time that occurs twice, so that its series must choose. */
    public boolean isOpen() {
        return open;
    }

    /**
     * Reads the event time. Returns null if there is one, which {@link #micros} then returns. Otherwise returns the reject.
     *
     * @param recordMillis the record's timestamp, epoch milliseconds
     */
    public Reject read(Cells cells, long recordMillis) {
        this.recordMillis = recordMillis;
        if (slots.length == 0) {
            open = false;
            micros = Micros.of(recordMillis, 1000);
            return null;
        }
        for (int i = 0; i < slots.length; i++) {
            Reject fault = fault(cells, slots[i], fields.get(i));
            if (fault != null) {
                return fault;
            }
        }
        micros = slots.length == 1 ? ofOne(cells, slots[0]) : ofText(join(cells), true);
        if (micros == Micros.NONE) {
            String shown = slots.length == 1 ? text(cells, slots[0]) : join(cells);
            return wrongType(fields.get(0), "is " + Details.quote(shown) + ", which none of the formats reads");
        }
        return null;
    }

    private static Reject fault(Cells cells, int slot, String field) {
        return switch (cells.kind(slot)) {
            case ABSENT, NULL -> new Reject(Reason.MISSING_FIELD, "event time " + Details.quote(field), null);
            case NOT_FINITE -> wrongType(field, "is not finite");
            case BOOLEAN, OTHER, OPENED -> wrongType(field, "is neither a text nor a number");
            case TEXT, INTEGER, DECIMAL, INSTANT, RELATIVE -> null;
        };
    }

    private static Reject wrongType(String field, String what) {
        return new Reject(Reason.WRONG_TYPE, "event time " + Details.quote(field) + ' ' + what, null);
    }

    private long ofOne(Cells cells, int slot) {
        if (isInstant(cells.kind(slot))) {
            open = false;
            return instant(cells, slot);
        }
        if (cells.kind(slot) == Cells.Kind.INTEGER && formats.length > 0 && formats[0].numeric()) {
            open = false;
            return formats[0].ofInteger(cells.integer(slot));
        }
        return ofText(text(cells, slot), numbersInTexts || textOnly[0] || cells.kind(slot) != Cells.Kind.TEXT);
    }

    /**
     * Parses a text.
     *
     * @param numbers whether a numeric format may read the text
     */
    private long ofText(String text, boolean numbers) {
        if (numbers != lastNumbers || !text.equals(lastText)) {
            lastMicros = parse(text, numbers);
            lastText = text;
            lastNumbers = numbers;
        }
        open = lastOpen;
        return lastMicros;
    }

    private long parse(String text, boolean numbers) {
        for (TimeFormat format : formats) {
            long instant = format.numeric() && !numbers ? Micros.NONE : format.ofText(text);
            if (instant != Micros.NONE) {
                lastOpen = format.isOpen();
                return instant;
            }
        }
        lastOpen = false;
        return Micros.NONE;
    }

    private String join(Cells cells) {
        joined.setLength(0);
        for (int slot : slots) {
            joined.append(joined.isEmpty() ? "" : " ").append(text(cells, slot));
        }
        return joined.toString();
    }

    private String text(Cells cells, int slot) {
        return isInstant(cells.kind(slot))
                ? Micros.iso(instant(cells, slot))
                : cells.text(slot).strip();
    }

    private static boolean isInstant(Cells.Kind kind) {
        return kind == Cells.Kind.INSTANT || kind == Cells.Kind.RELATIVE;
    }

    private long instant(Cells cells, int slot) {
        return cells.kind(slot) == Cells.Kind.INSTANT
                ? cells.integer(slot)
                : Micros.plus(Micros.of(recordMillis, 1000), cells.integer(slot));
    }
}
