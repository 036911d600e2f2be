package dev.weir.core.model;

import java.util.Locale;

/**
 * Why an accepted reading was flagged: one bit of its {@code quality}. The catalog says whether a rule flags or rejects, so each flag also
 * has the {@link Reason} of its rule. The bits are public: rows of the lake and dead letters contain them.
 *
 * <p>Counters, metrics and the summary derive their lists from here, so a new flag needs no entry in them.
 */
public enum Flag {
    OUT_OF_RANGE(1, Reason.OUT_OF_RANGE, false),
    SPIKE(2, Reason.SPIKE, false),
    STUCK(4, Reason.STUCK, true);

    private final int bit;
    private final Reason reason;
    private final boolean byDefault;

    Flag(int bit, Reason reason, boolean byDefault) {
        if (Integer.bitCount(bit) != 1 || bit >= Quality.TIME_COMES_TWICE) {
            throw new IllegalArgumentException(reason + " must be a power of 2 below " + Quality.TIME_COMES_TWICE
                    + ", for a reading has one byte for its quality on the wire, got " + bit);
        }
        this.bit = bit;
        this.reason = reason;
        this.byDefault = byDefault;
    }

    static {
        int taken = 0;
        for (Flag flag : values()) {
            if ((taken & flag.bit) != 0) {
                throw new IllegalStateException(flag + " has the bit of another flag: " + flag.bit);
            }
            taken |= flag.bit;
        }
    }

    /** Returns this flag's bit of {@code quality}. */
    public int bit() {
        return bit;
    }

    /** Returns the reason with which the same rule rejects readings. */
    public Reason reason() {
        return reason;
    }

    /** Returns whether the rule flags by default. Otherwise it rejects by default. */
    public boolean isDefault() {
        return byDefault;
    }

    /** Returns the key of the rule below {@code on} in the catalog, for instance {@code out-of-range}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns whether the quality contains this flag. */
    public boolean isIn(int quality) {
        return (quality & bit) != 0;
    }
}
