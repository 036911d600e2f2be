package dev.weir.core.check;

import dev.weir.core.catalog.Catalog;
import dev.weir.core.catalog.FieldSource;
import dev.weir.core.catalog.Input;
import dev.weir.core.catalog.Metric;
import dev.weir.core.catalog.Scaling;
import dev.weir.core.decode.Cells;
import dev.weir.core.decode.Decimals;
import dev.weir.core.decode.Details;
import dev.weir.core.decode.ExactScale;
import dev.weir.core.decode.Layout;
import dev.weir.core.model.Flag;
import dev.weir.core.model.Reason;
import dev.weir.core.model.Reject;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Checks the value and unit of one reading, in the order of the reasons: missing, type, finite, metric, unit, range. Holds the result of
 * the last good reading. Not thread-safe.
 */
final class ReadingCheck {
    private final boolean acceptUnknown;
    private final Map<String, Rule> rules = new HashMap<>();
    private final Layout layout;
    private final boolean numbersInTexts;
    private final boolean[] derived;
    private final Decimals decimals;
    private final Pattern number;
    private final SentUnits sentUnits;

    /**
     * A metric, and what becomes of what is sent.
     *
     * @param values number by text; null for none
     * @param scale null for none
     */
    private record Rule(Metric metric, Map<String, Double> values, ExactScale scale) {
        static Rule of(Metric metric) {
            Scaling scaling = metric.scaling();
            return new Rule(
                    metric,
                    scaling.values().isEmpty() ? null : scaling.values(),
                    scaling.scales() ? new ExactScale(scaling.scale(), scaling.offset()) : null);
        }
    }

    private double value;
    /** The unit that follows the number in the same text; null for none. */
    private String unitInText;

    private String unit;
    private int quality;

    /** Creates the check for an input. */
    ReadingCheck(Catalog catalog, Layout layout, Input input) {
        this.layout = layout;
        acceptUnknown = catalog.acceptUnknownMetrics();
        catalog.metrics().forEach((name, metric) -> rules.put(name, Rule.of(metric)));
        numbersInTexts = input.numbersInTexts();
        derived = new boolean[layout.size()];
        for (int slot = 0; slot < derived.length; slot++) {
            derived[slot] = layout.isDerived(slot);
        }
        Input.Texts texts = input.texts();
        decimals = new Decimals(texts.decimalSeparator(), texts.groupingSeparator());
        number = number(texts);
        sentUnits = new SentUnits(input.format() == Input.Format.SENML);
    }

    /** Returns the pattern of a number at the beginning of a text. */
    private static Pattern number(Input.Texts texts) {
        String point = Pattern.quote(String.valueOf(texts.decimalSeparator()));
        String group = texts.groupingSeparator() == Input.Texts.NO_GROUPING
                ? ""
                : "(?:" + Pattern.quote(String.valueOf(texts.groupingSeparator())) + "[0-9]++)*+";
        return Pattern.compile(
                "[+-]?(?:[0-9]++" + group + "(?:" + point + "[0-9]++)?|" + point + "[0-9]++)(?:[eE][+-]?[0-9]++)?");
    }

    /** Returns the value of the last good reading, in {@link #unit}; finite. */
    double value() {
        return value;
    }

    /** Returns the unit of the last good reading: the catalog's, or the sent one for an unknown metric; may be null. */
    String unit() {
        return unit;
    }

    /** Returns the quality of the last good reading: bits of {@link Flag}. */
    int quality() {
        return quality;
    }

    private static final int MAX_QUANTITY_CHARS = 128;

    /**
     * Checks a reading. Returns null if it passes, and {@link #value}, {@link #unit} and {@link #quality} then return its results.
     * Otherwise returns the reject.
     */
    Reject judge(String name, Cells cells, int slot, FieldSource field) {
        if (cells.missing(slot)) {
            return new Reject(Reason.MISSING_FIELD, "value " + Details.quote(field.toString()), name);
        }
        Reject fault = typeFault(name, cells, slot, field);
        if (fault != null) {
            return fault;
        }
        if (!Double.isFinite(value)) {
            return new Reject(Reason.NON_FINITE, "value " + Details.quote(field.toString()), name);
        }
        Rule rule = rules.get(name);
        if (rule == null && !acceptUnknown) {
            return new Reject(Reason.UNKNOWN_METRIC, "not in the catalog", name);
        }
        quality = 0;
        unit = present(cells, layout.unit) && !cells.text(layout.unit).isEmpty() ? cells.text(layout.unit) : null;
        if (rule == null) {
            return null;
        }
        return unitInText == null ? limitFault(rule) : unitFault(rule);
    }

    /** Takes the unit that follows the number. A unit field that names another unit is a fault. */
    private Reject unitFault(Rule rule) {
        if (unit != null && !SentUnits.isSame(unit, unitInText)) {
            String detail =
                    "the value is in " + Details.quote(unitInText) + ", the unit field says " + Details.quote(unit);
            return new Reject(Reason.UNIT_MISMATCH, detail, rule.metric.name());
        }
        unit = unitInText;
        return limitFault(rule);
    }

    /** Reads the number. A unit or site of the wrong type is also a fault of the reading. */
    private Reject typeFault(String name, Cells cells, int slot, FieldSource field) {
        if (!readNumber(name, cells, slot)) {
            String what = cells.kind(slot) == Cells.Kind.TEXT
                    ? " is " + Details.quote(cells.text(slot))
                            + (isNumberText(slot) ? ", which is not a number" : ", a text and not a number")
                    : " is not a number";
            return new Reject(Reason.WRONG_TYPE, "value " + Details.quote(field.toString()) + what, name);
        }
        if (present(cells, layout.unit) && cells.kind(layout.unit) != Cells.Kind.TEXT) {
            return new Reject(Reason.WRONG_TYPE, "unit is not a text", name);
        }
        if (present(cells, layout.site) && !cells.isName(layout.site)) {
            return new Reject(Reason.WRONG_TYPE, "site is neither a text nor a number", name);
        }
        return null;
    }

    private boolean readNumber(String name, Cells cells, int slot) {
        unitInText = null;
        switch (cells.kind(slot)) {
            case INTEGER, DECIMAL -> value = withoutNegativeZero(cells.number(slot));
            case NOT_FINITE -> value = Double.NaN;
            case TEXT -> {
                return readText(cells.text(slot), isNumberText(slot), rules.get(name));
            }
            case BOOLEAN -> {
                return readListed(cells.integer(slot) == 1 ? "true" : "false", rules.get(name));
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    /** Returns whether a text in the slot may be a number. */
    private boolean isNumberText(int slot) {
        return numbersInTexts || (slot < derived.length && derived[slot]);
    }

    private boolean readText(String text, boolean mayBeNumber, Rule rule) {
        if (readListed(text, rule)) {
            return true;
        }
        if (!mayBeNumber || !(decimals.parse(text) || isQuantity(text, rule))) {
            return false;
        }
        value = withoutNegativeZero(decimals.value());
        return true;
    }

    /** Reads the number that the metric's {@code values} have for the text; returns whether there is one. */
    private boolean readListed(String text, Rule rule) {
        Double listed = rule == null || rule.values == null ? null : rule.values.get(text);
        if (listed == null) {
            return false;
        }
        value = withoutNegativeZero(listed);
        return true;
    }

    /**
     * Returns whether the text is a number with a unit, such as {@code 30.11 °C}, with or without a blank, and the unit is the metric's or
     * converts into it. {@code decimals} then holds the number.
     */
    private boolean isQuantity(String text, Rule rule) {
        if (rule == null || rule.metric.unit() == null || text.length() > MAX_QUANTITY_CHARS) {
            return false;
        }
        String stripped = text.strip();
        Matcher matcher = number.matcher(stripped);
        if (!matcher.lookingAt()) {
            return false;
        }
        int at = matcher.end();
        while (at < stripped.length() && isBlank(stripped.charAt(at))) {
            at++;
        }
        String sent = stripped.substring(at);
        if (!sentUnits.isBehindNumber(sent, rule.metric.unit())) {
            return false;
        }
        unitInText = sent;
        return decimals.parse(matcher.group());
    }

    /** Returns whether the character is a blank. Includes the no-break spaces that keep a number and its unit on one line. */
    private static boolean isBlank(char c) {
        return Character.isWhitespace(c) || c == '\u00A0' || c == '\u202F';
    }

    /** Makes a zero positive. {@code -0}, {@code -0.0} and {@code -1e-999} are equal values, so they must have equal bits. */
    private static double withoutNegativeZero(double number) {
        return number + 0.0;
    }

    /** Scales the value, converts it into the catalog's unit and compares it with the limits. */
    private Reject limitFault(Rule rule) {
        Metric metric = rule.metric;
        double sent = value;
        if (rule.scale != null) {
            value = withoutNegativeZero(rule.scale.apply(sent));
        }
        if (unit == null) {
            unit = metric.unit();
        } else if (!unit.equals(metric.unit())) {
            Conversion conversion = metric.unit() == null ? null : sentUnits.conversion(unit, metric.unit());
            if (conversion == null) {
                String to = metric.unit() == null ? "none" : metric.unit();
                return new Reject(
                        Reason.UNIT_MISMATCH,
                        "sent in " + Details.quote(unit) + ", the catalog has " + to,
                        metric.name());
            }
            value = Double.isFinite(value) ? withoutNegativeZero(conversion.apply(value)) : value;
            unit = metric.unit();
        }
        if (isSentinel(metric, sent)) {
            return new Reject(Reason.OUT_OF_RANGE, "sentinel", metric.name());
        }
        if (!Double.isFinite(value)) {
            return new Reject(
                    Reason.NON_FINITE, sent + (unit == null ? " overflows" : " overflows in " + unit), metric.name());
        }
        if (value >= metric.min() && value <= metric.max()) {
            return null;
        }
        if (metric.flags(Flag.OUT_OF_RANGE)) {
            quality = Flag.OUT_OF_RANGE.bit();
            return null;
        }
        String range = metric.min() + " to " + metric.max();
        return new Reject(Reason.OUT_OF_RANGE, value + " is outside " + range, metric.name());
    }

    private static boolean isSentinel(Metric metric, double sent) {
        for (int i = 0; i < metric.sentinels().size(); i++) {
            if (metric.sentinels().get(i) == sent) {
                return true;
            }
        }
        return false;
    }

    private static boolean present(Cells cells, int slot) {
        return slot != Layout.NONE && !cells.missing(slot);
    }
}
