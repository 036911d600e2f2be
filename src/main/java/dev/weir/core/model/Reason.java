package dev.weir.core.model;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Why an event or a reading was rejected, in the order in which the rules are applied. The names are public: headers, metrics and books
 * contain them.
 *
 * <p>Counters, metrics and the summary derive their lists from here, so a new reason needs no entry in them.
 */
public enum Reason {
    /** The event, or one of its items, cannot be decoded. */
    MALFORMED(Level.EVENT, Level.READING),
    /** The announced file lies outside the prefixes that may be read. */
    FILE_REFUSED(Level.EVENT),
    /** The announced file is not there. */
    FILE_MISSING(Level.EVENT),
    /** The announced file is damaged. The rows before the damage count. */
    FILE_UNREADABLE(Level.EVENT),
    /** A field that every event or reading needs is absent, null or a null text. */
    MISSING_FIELD(Level.EVENT, Level.READING),
    /** A field is present, but not of the type that the catalog requires. */
    WRONG_TYPE(Level.EVENT, Level.READING),
    /** The value is infinite or not a number. */
    NON_FINITE(Level.READING),
    /** The catalog does not contain the metric and does not accept unknown ones. */
    UNKNOWN_METRIC(Level.READING),
    /** The unit cannot be converted to the catalog's. */
    UNIT_MISMATCH(Level.READING),
    /** The value lies outside the metric's limits or is a sentinel. */
    OUT_OF_RANGE(Level.READING),
    /** The event time lies before {@code weir.time.earliest}. */
    ANCIENT_TIMESTAMP(Level.READING),
    /** The event time lies further ahead of the record's timestamp than {@code weir.time.future-skew}. */
    FUTURE_TIMESTAMP(Level.READING),
    /** The event time lies behind the series' floor. */
    LATE(Level.SERIES),
    /** The series has accepted this event time already. */
    DUPLICATE(Level.SERIES),
    /** The series has used up its quota. */
    RATE_LIMITED(Level.SERIES),
    /** The value changed faster than the metric's {@code max-rate}. */
    SPIKE(Level.SERIES),
    /** The value has not changed for the metric's {@code stuck-after}. */
    STUCK(Level.SERIES);

    /** The input of a rule. It decides where the rule is applied and which metric counts its rejects. */
    public enum Level {
        /** The whole event, before the exchange. Its rejection yields no reading. Metric {@code eventsRejected}. */
        EVENT,
        /** One reading by itself, before the exchange. Metric {@code readingsRejected} of the intake. */
        READING,
        /** One reading against the history of its series, after the exchange. Metric {@code readingsRejected} of the series operator. */
        SERIES
    }

    private final Set<Level> levels;

    Reason(Level first, Level... more) {
        levels = EnumSet.of(first, more);
    }

    /** Returns whether rules of that level reject with this reason. */
    public boolean isOf(Level level) {
        return levels.contains(level);
    }

    /** Returns the reasons with which rules of that level reject, in the order in which the rules are applied. */
    public static List<Reason> ofLevel(Level level) {
        return Arrays.stream(values()).filter(reason -> reason.isOf(level)).toList();
    }
}
