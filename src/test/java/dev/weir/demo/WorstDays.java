package dev.weir.demo;

import dev.weir.core.model.Aggregate;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** A few aggregates that a person wants to see: the days (UTC) and stations with the most fine dust. */
final class WorstDays {
    private static final int DAY_SECONDS = 86_400;
    private static final int SHOWN = 5;
    /** A day of a few hours is none. */
    private static final int MIN_COUNT = 12;

    /** The columns of {@link #of} that hold numbers. */
    static final List<Integer> NUMBERS = List.of(2, 3, 4, 5, 6, 7);

    private WorstDays() {}

    /** A head and at most five rows. */
    static List<String[]> of(List<Aggregate> aggregates) {
        List<String[]> rows = new ArrayList<>();
        rows.add(new String[] {"station", "day", "count", "mean", "stddev", "min", "max", "flagged"});
        aggregates.stream()
                .filter(a -> a.series().metric().equals("PM2.5") && a.windowSeconds() == DAY_SECONDS)
                .filter(a -> a.count() >= MIN_COUNT)
                .sorted(Comparator.comparingDouble(Aggregate::mean).reversed())
                .limit(SHOWN)
                .forEach(a -> rows.add(row(a)));
        return rows;
    }

    private static String[] row(Aggregate a) {
        Instant start = Instant.ofEpochSecond(Math.floorDiv(a.windowStartMicros(), 1_000_000L));
        return new String[] {
            a.series().sensorId(),
            start.atOffset(ZoneOffset.UTC).toLocalDate().toString(),
            Long.toString(a.count()),
            oneDecimal(a.mean()),
            oneDecimal(a.stddev()),
            plain(a.min()),
            plain(a.max()),
            Long.toString(a.flaggedCount())
        };
    }

    private static String oneDecimal(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private static String plain(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }
}
