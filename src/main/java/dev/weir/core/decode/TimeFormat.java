package dev.weir.core.decode;

import dev.weir.core.catalog.Input.Overlap;
import java.time.ZoneId;

/** A format of event times. All results are epoch microseconds UTC, truncated downward, or {@link Micros#NONE}. */
interface TimeFormat {

    /** Returns the instant of a text or of the digits of a number. */
    long ofText(String text);

    /** Returns whether this format is a number, which may come as a JSON number. */
    default boolean numeric() {
        return false;
    }

    /** Returns the instant of a JSON integer, if this format is numeric. */
    default long ofInteger(long integer) {
        return Micros.NONE;
    }

    /**
     * Returns whether the last text is a local time that occurs twice and its series must choose. The returned instant is then the earlier
     * one.
     */
    default boolean isOpen() {
        return false;
    }

    /**
     * Creates a format.
     *
     * @param format as in the catalog
     * @throws IllegalArgumentException for an invalid pattern
     */
    static TimeFormat of(String format, ZoneId zone, Overlap overlap) {
        return switch (format) {
            case "epoch-seconds" -> new EpochFormat(EpochFormat.SECONDS);
            case "epoch-millis" -> new EpochFormat(EpochFormat.MILLIS);
            case "epoch-micros" -> new EpochFormat(EpochFormat.MICROS);
            case "epoch-nanos" -> new EpochFormat(EpochFormat.NANOS);
            case "epoch-auto" -> new EpochFormat(EpochFormat.AUTO);
            case "iso-8601" -> new IsoFormat(new LocalTimes(zone, overlap));
            default -> new PatternFormat(format, zone, overlap);
        };
    }
}
