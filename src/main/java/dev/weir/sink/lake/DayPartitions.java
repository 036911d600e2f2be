package dev.weir.sink.lake;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Formats a time as {@code <prefix>year=YYYY/month=MM/day=DD}, UTC.
 *
 * <p>Caches the text of each day, since a replay touches thousands of days and live data one or two. Not thread-safe.
 */
final class DayPartitions {
    static final long MICROS_PER_DAY = 86_400_000_000L;

    /** Days in the cache: eleven years, about 1 MiB of strings. A full cache is cleared. */
    private static final int MAX_CACHED_DAYS = 4_096;

    private final String prefix;
    private final Map<Long, String> cache = new HashMap<>();
    private long lastDay;
    private String last;

    DayPartitions(String prefix) {
        this.prefix = prefix;
    }

    /** Returns the directory of the day that contains {@code epochMicros}, which may be before 1970. */
    String of(long epochMicros) {
        long day = Math.floorDiv(epochMicros, MICROS_PER_DAY);
        if (last == null || day != lastDay) {
            if (cache.size() >= MAX_CACHED_DAYS) {
                cache.clear();
            }
            last = cache.computeIfAbsent(day, this::format);
            lastDay = day;
        }
        return last;
    }

    private String format(long epochDay) {
        LocalDate date = LocalDate.ofEpochDay(epochDay);
        return String.format(
                Locale.ROOT,
                "%syear=%04d/month=%02d/day=%02d",
                prefix,
                date.getYear(),
                date.getMonthValue(),
                date.getDayOfMonth());
    }
}
