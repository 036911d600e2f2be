package dev.weir.core.model;

import java.util.EnumMap;
import java.util.Map;

/** What the books count. The labels are public: table {@code weir_books} carries them. */
public enum Counter {
    EVENTS_READ("events.read"),
    EVENTS_DECODED("events.decoded"),
    EVENTS_REJECTED("events.rejected"),
    /** Decoded events with no reading slot: all their mapped metrics are optional and absent. They are in {@code events.decoded}, too. */
    EVENTS_EMPTY("events.empty"),
    /** Offsets that retention deleted before they were read; they are not among the events read. */
    OFFSETS_LOST("offsets.lost"),
    READINGS_DECODED("readings.decoded"),
    READINGS_ACCEPTED("readings.accepted"),
    READINGS_FLAGGED("readings.flagged"),
    READINGS_REJECTED("readings.rejected"),
    REJECTED_MALFORMED(Reason.MALFORMED),
    REJECTED_MISSING_FIELD(Reason.MISSING_FIELD),
    REJECTED_WRONG_TYPE(Reason.WRONG_TYPE),
    REJECTED_NON_FINITE(Reason.NON_FINITE),
    REJECTED_UNKNOWN_METRIC(Reason.UNKNOWN_METRIC),
    REJECTED_UNIT_MISMATCH(Reason.UNIT_MISMATCH),
    REJECTED_OUT_OF_RANGE(Reason.OUT_OF_RANGE),
    REJECTED_ANCIENT_TIMESTAMP(Reason.ANCIENT_TIMESTAMP),
    REJECTED_FUTURE_TIMESTAMP(Reason.FUTURE_TIMESTAMP),
    REJECTED_LATE(Reason.LATE),
    REJECTED_DUPLICATE(Reason.DUPLICATE),
    REJECTED_RATE_LIMITED(Reason.RATE_LIMITED),
    REJECTED_SPIKE(Reason.SPIKE),
    REJECTED_STUCK(Reason.STUCK),
    FLAGGED_OUT_OF_RANGE("flagged.OUT_OF_RANGE"),
    FLAGGED_SPIKE("flagged.SPIKE"),
    FLAGGED_STUCK("flagged.STUCK");

    private static final Map<Reason, Counter> BY_REASON = new EnumMap<>(Reason.class);

    static {
        for (Counter counter : values()) {
            if (counter.reason != null) {
                BY_REASON.put(counter.reason, counter);
            }
        }
    }

    private final String label;
    private final Reason reason;

    Counter(String label) {
        this.label = label;
        this.reason = null;
    }

    Counter(Reason reason) {
        this.label = "rejected." + reason;
        this.reason = reason;
    }

    /** As it stands in {@code weir_books}. */
    public String label() {
        return label;
    }

    /** The counter of one reason, on event and reading level alike. */
    public static Counter rejected(Reason reason) {
        return BY_REASON.get(reason);
    }

    /** The counter with that label, or null for one of another release. */
    public static Counter ofLabel(String label) {
        for (Counter counter : values()) {
            if (counter.label.equals(label)) {
                return counter;
            }
        }
        return null;
    }
}
