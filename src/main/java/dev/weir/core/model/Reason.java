package dev.weir.core.model;

/** Why an event or a reading was rejected, in the order in which the rules are asked. The names are public: headers, metrics and books carry them. */
public enum Reason {
    /** The event cannot be decoded. */
    MALFORMED,
    /** A field that every event or reading needs is absent, null or a null text. */
    MISSING_FIELD,
    /** A field is there, but not of the type that the catalog asks for. */
    WRONG_TYPE,
    /** The value is infinite or not a number. */
    NON_FINITE,
    /** The catalog has no such metric, and does not accept unknown ones. */
    UNKNOWN_METRIC,
    /** The unit cannot be converted to the catalog's. */
    UNIT_MISMATCH,
    /** The value lies outside the metric's limits or is a sentinel. */
    OUT_OF_RANGE,
    /** The event time lies before {@code weir.time.earliest}. */
    ANCIENT_TIMESTAMP,
    /** The event time lies further ahead of the record's timestamp than {@code weir.time.future-skew}. */
    FUTURE_TIMESTAMP,
    /** The event time lies behind the series' floor. */
    LATE,
    /** The series has accepted this event time already. */
    DUPLICATE,
    /** The series has used up its quota. */
    RATE_LIMITED,
    /** The value changed faster than the metric's {@code max-rate}. */
    SPIKE,
    /** The value has not changed for the metric's {@code stuck-after}. */
    STUCK
}
