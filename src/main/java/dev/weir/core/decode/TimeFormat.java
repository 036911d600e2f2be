package dev.weir.core.decode;

import dev.weir.core.catalog.Input.Overlap;
import java.time.ZoneId;

/** One way to write an event time. All results are epoch microseconds UTC, truncated downward, or {@link Micros#NONE}. */
interface TimeFormat {

    /** The instant that a text (or the digits of a number) writes. */
    long ofText(String text);

    /** Whether this format is a number, which may come as a JSON number. */
    default boolean numeric() {
        return false;
    }

    /** The instant of a JSON integer, where this format is numeric. */
    default long ofInteger(long integer) {
        return Micros.NONE;
    }

    /** Whether the text read last is a local time that comes twice, and its series is to decide which it was; the result is the earlier one. */
    default boolean isOpen() {
        return false;
    }

    /** @param format as in the catalog; throws IllegalArgumentException for a pattern that is none */
    static TimeFormat of(String format, ZoneId zone, Overlap overlap) {
        return switch (format) {
            case "epoch-seconds" -> new EpochFormat(6);
            case "epoch-millis" -> new EpochFormat(3);
            case "epoch-micros" -> new EpochFormat(0);
            case "iso-8601" -> new IsoFormat(new LocalTimes(zone, overlap));
            default -> new PatternFormat(format, zone, overlap);
        };
    }
}
