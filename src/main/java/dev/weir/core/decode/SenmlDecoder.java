package dev.weir.core.decode;

import dev.weir.core.catalog.FieldSource;
import dev.weir.core.model.FileHead;
import java.math.BigDecimal;
import java.util.List;

/**
 * Decodes packs of SenML in JSON (RFC 8428). Reads the records as JSON does and then resolves them: the base fields of a record hold for it
 * and for those behind it in the same array. What a record's {@code n}, {@code u}, {@code t}, {@code v} and {@code s} then are, the catalog
 * addresses like fields. A record that only has base fields is no item.
 *
 * <p>A time below 2^28 seconds is relative to the record's timestamp. Sums of the digits that were sent are exact, and those of values are
 * rounded once to a double, if no number has more than {@link #MAX_DIGITS} digits.
 */
final class SenmlDecoder implements Decoder {
    /** The fields that mean something to a reading. Numbers in them keep their digits. */
    static final List<String> FIELDS =
            List.of("bn", "bt", "bu", "bv", "bs", "bver", "n", "u", "t", "v", "vb", "vs", "vd", "s");

    /** The version of RFC 8428, and the same with the secondary units of RFC 9100. */
    private static final int VERSION = 10;

    private static final int VERSION_WITH_UNITS = VERSION + 16;

    /** From this many seconds on a time is one since 1970. */
    private static final long ABSOLUTE_SECONDS = 1L << 28;

    private static final int MAX_DIGITS = 1_000;
    private static final EpochFormat SECONDS = new EpochFormat(EpochFormat.SECONDS);

    private final JsonDecoder json;
    private final Layout layout;
    private final int bn;
    private final int bt;
    private final int bu;
    private final int bv;
    private final int bs;
    private final int bver;
    private final int n;
    private final int u;
    private final int t;
    private final int v;
    private final int s;
    /** The slots of which a record that is a reading has one. */
    private final int[] values;

    private final StringBuilder name = new StringBuilder();
    private final TextCache names = new TextCache();

    private String baseName;
    private String baseUnit;
    /** The digits of the base time, or null. */
    private String baseTime;

    private String baseValue;
    private String baseSum;

    SenmlDecoder(Layout layout) {
        this.layout = layout;
        json = new JsonDecoder(layout);
        bn = slot("bn");
        bt = slot("bt");
        bu = slot("bu");
        bv = slot("bv");
        bs = slot("bs");
        bver = slot("bver");
        n = slot("n");
        u = slot("u");
        t = slot("t");
        v = slot("v");
        s = slot("s");
        values = new int[] {v, slot("vb"), slot("vs"), slot("vd"), s};
    }

    private int slot(String name) {
        return layout.slot(new FieldSource.Field(name));
    }

    @Override
    public void decode(byte[] value, FileHead file, Items items) throws MalformedEventException {
        json.decode(value, file, items);
        Cells pack = null;
        int kept = 0;
        for (int i = 0; i < items.size(); i++) {
            Cells row = items.row(i);
            if (row.parent != pack) {
                pack = row.parent;
                forgetBase();
            }
            takeBase(row);
            if (hasValue(row)) {
                resolve(row);
            }
            if (row.faulty || hasValue(row)) {
                items.move(i, kept++);
            }
        }
        items.keep(kept);
    }

    private void forgetBase() {
        baseName = "";
        baseUnit = "";
        baseTime = null;
        baseValue = null;
        baseSum = null;
    }

    private boolean hasValue(Cells row) {
        for (int value : values) {
            if (row.kind(value) != Cells.Kind.ABSENT) {
                return true;
            }
        }
        return false;
    }

    /** Takes the base fields of a record. One of the wrong type spoils all records behind it, so the pack is malformed. */
    private void takeBase(Cells row) throws MalformedEventException {
        if (isGiven(row, bver)) {
            double version = number(row, bver, "bver");
            if (version > VERSION && version != VERSION_WITH_UNITS) {
                throw new MalformedEventException(
                        "SenML version bver " + Details.clip(row.text(bver), 32) + " is above " + VERSION);
            }
        }
        baseName = isGiven(row, bn) ? text(row, bn, "bn") : baseName;
        baseUnit = isGiven(row, bu) ? text(row, bu, "bu") : baseUnit;
        if (isGiven(row, bt)) {
            number(row, bt, "bt");
            baseTime = row.text(bt);
        }
        if (isGiven(row, bv)) {
            number(row, bv, "bv");
            baseValue = row.text(bv);
        }
        if (isGiven(row, bs)) {
            number(row, bs, "bs");
            baseSum = row.text(bs);
        }
    }

    /** Returns whether the field is there and not null. A text that means "no value" is there. */
    private static boolean isGiven(Cells row, int slot) {
        return row.kind(slot) != Cells.Kind.ABSENT && (row.kind(slot) != Cells.Kind.NULL || row.text(slot) != null);
    }

    private static String text(Cells row, int slot, String field) throws MalformedEventException {
        if (row.kind(slot) != Cells.Kind.TEXT && row.kind(slot) != Cells.Kind.NULL) {
            throw new MalformedEventException("SenML field " + field + " is not a text");
        }
        return row.text(slot);
    }

    private static double number(Cells row, int slot, String field) throws MalformedEventException {
        if (!isNumber(row, slot) || !Double.isFinite(row.number(slot))) {
            throw new MalformedEventException("SenML field " + field + " is not a number");
        }
        return row.number(slot);
    }

    private static boolean isNumber(Cells row, int slot) {
        return row.kind(slot) == Cells.Kind.INTEGER || row.kind(slot) == Cells.Kind.DECIMAL;
    }

    private void resolve(Cells row) {
        resolveName(row);
        if (row.kind(u) == Cells.Kind.ABSENT && !baseUnit.isEmpty()) {
            row.setText(u, baseUnit);
        }
        add(row, v, baseValue);
        if (row.kind(s) == Cells.Kind.ABSENT && baseSum != null) {
            row.setDecimal(s, Double.parseDouble(baseSum), baseSum);
        } else {
            add(row, s, baseSum);
        }
        resolveTime(row);
    }

    /** Prepends the base name. A name that is neither a text nor a number stays, for the check of names. */
    private void resolveName(Cells row) {
        boolean given = isGiven(row, n);
        if (given && !row.isName(n) && row.kind(n) != Cells.Kind.NULL) {
            return;
        }
        name.setLength(0);
        name.append(baseName).append(given ? row.text(n) : "");
        if (name.isEmpty()) {
            row.setAbsent(n);
        } else {
            row.setText(n, names.get(name.toString().toCharArray(), 0, name.length()));
        }
    }

    /** Adds a base to a number. Anything else than a number has no sum, so it is made no value at all. */
    private static void add(Cells row, int slot, String base) {
        if (base == null || row.missing(slot) || row.kind(slot) == Cells.Kind.NOT_FINITE) {
            return;
        }
        if (!isNumber(row, slot)) {
            row.setOther(slot);
        } else if (Double.isFinite(row.number(slot))) {
            BigDecimal a = decimal(row.text(slot));
            BigDecimal b = decimal(base);
            if (a == null || b == null) {
                double sum = row.number(slot) + Double.parseDouble(base);
                row.setDecimal(slot, sum, String.valueOf(sum));
            } else {
                BigDecimal sum = a.add(b);
                row.setDecimal(slot, sum.doubleValue(), sum.toString());
            }
        }
    }

    private void resolveTime(Cells row) {
        boolean given = isGiven(row, t);
        if (given && !isNumber(row, t)) {
            return;
        }
        BigDecimal base = baseTime == null ? BigDecimal.ZERO : seconds(baseTime);
        BigDecimal sum = given ? base.add(seconds(row.text(t))) : base;
        long micros = SECONDS.ofText(sum.toString());
        if (sum.compareTo(BigDecimal.valueOf(ABSOLUTE_SECONDS)) < 0) {
            row.setRelative(t, micros);
        } else {
            row.setInstant(t, micros);
        }
    }

    /** Returns the number, or null if it has too many digits, or zeros between them and the decimal point. */
    private static BigDecimal decimal(String digits) {
        try {
            BigDecimal decimal = digits.length() > MAX_DIGITS ? null : new BigDecimal(digits);
            return decimal == null || Math.abs((long) decimal.scale()) > MAX_DIGITS ? null : decimal;
        } catch (NumberFormatException e) {
            return null; // The exponent is beyond that of a decimal, as JSON's syntax is right.
        }
    }

    /** Returns the number of seconds. If it has too many digits, it is cut to whole microseconds, downward. */
    private static BigDecimal seconds(String digits) {
        BigDecimal seconds = decimal(digits);
        return seconds == null ? BigDecimal.valueOf(SECONDS.ofText(digits), EpochFormat.SECONDS) : seconds;
    }
}
