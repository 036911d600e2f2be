package dev.weir.testing.catalogtest;

import dev.weir.config.WeirConfig;
import dev.weir.core.catalog.Metric;
import dev.weir.core.model.Aggregate;
import dev.weir.core.model.AggregateColumns;
import dev.weir.core.model.Event;
import dev.weir.core.model.Flag;
import dev.weir.core.model.Origin;
import dev.weir.core.model.SeriesKey;
import dev.weir.testing.catalogtest.WeirTestFile.ExpectedReading;
import dev.weir.testing.catalogtest.WeirTestFile.ExpectedReject;
import dev.weir.testing.catalogtest.WeirTestFile.ExpectedWindow;
import dev.weir.testing.oracle.Accepted;
import dev.weir.testing.oracle.Outcome;
import dev.weir.testing.oracle.Rejected;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/** How an outcome deviates from a test file: lines for people, none if it does not. The order within an event does not count. */
public final class Deviations {
    /** Of the value. A conversion of units rounds. */
    private static final double TOLERANCE = 1e-9;

    private final WeirConfig config;
    private final Map<Origin, Integer> numbers = new HashMap<>();
    private final List<String> lines = new ArrayList<>();

    private Deviations(WeirTestFile test, WeirConfig config) {
        this.config = config;
        for (Event event : test.events()) {
            numbers.put(event.origin(), numbers.size() + 1);
        }
    }

    /** @param config the test's catalog and options */
    public static List<String> of(WeirTestFile test, WeirConfig config, Outcome outcome) {
        Deviations deviations = new Deviations(test, config);
        List<Accepted> readings = new ArrayList<>(outcome.readings());
        for (ExpectedReading expected : test.readings()) {
            if (!takeFirst(readings, actual -> deviations.isSame(expected, actual))) {
                deviations.lines.add("event " + expected.event() + ": missing " + deviations.shown(expected));
            }
        }
        List<Rejected> rejects = new ArrayList<>(outcome.rejects());
        for (ExpectedReject expected : test.rejects()) {
            if (!takeFirst(rejects, actual -> deviations.isSame(expected, actual))) {
                deviations.lines.add("event " + expected.event() + ": missing "
                        + shown(expected.reason(), expected.metric(), expected.detail() + "…"));
            }
        }
        readings.forEach(more -> deviations.lines.add(deviations.at(more.origin()) + "unexpected " + shown(more)));
        rejects.forEach(more -> deviations.lines.add(
                deviations.at(more.origin()) + "unexpected " + shown(more.reason(), more.metric(), more.detail())));
        test.windows().forEach(expected -> deviations.compare(expected, outcome.aggregates()));
        return deviations.lines;
    }

    private static <T> boolean takeFirst(List<T> all, Predicate<T> wanted) {
        for (int i = 0; i < all.size(); i++) {
            if (wanted.test(all.get(i))) {
                all.remove(i);
                return true;
            }
        }
        return false;
    }

    private boolean isSame(ExpectedReading expected, Accepted actual) {
        return isOf(expected.event(), actual.origin())
                && expected.series().equals(actual.series())
                && expected.eventTimeMicros() == actual.eventTimeMicros()
                && isNear(expected.value(), actual.value())
                && Objects.equals(unit(expected), actual.unit())
                && Objects.equals(expected.site(), actual.site())
                && expected.quality() == actual.quality();
    }

    private boolean isSame(ExpectedReject expected, Rejected actual) {
        return isOf(expected.event(), actual.origin())
                && expected.reason() == actual.reason()
                && Objects.equals(expected.metric(), actual.metric())
                && actual.detail().startsWith(expected.detail());
    }

    private boolean isOf(int event, Origin origin) {
        return Objects.equals(numbers.get(origin), event);
    }

    private static boolean isNear(double a, double b) {
        return Math.abs(a - b) <= TOLERANCE * Math.max(1, Math.max(Math.abs(a), Math.abs(b)));
    }

    private String unit(ExpectedReading expected) {
        Metric metric = config.catalog().metrics().get(expected.series().metric());
        return expected.unit() != null || metric == null ? expected.unit() : metric.unit();
    }

    private void compare(ExpectedWindow expected, List<Aggregate> rows) {
        String name = "window of " + expected.seconds() + " s at " + time(expected.startMicros()) + " of "
                + shown(expected.series());
        for (Aggregate row : rows) {
            if (row.series().equals(expected.series())
                    && row.windowSeconds() == expected.seconds()
                    && row.windowStartMicros() == expected.startMicros()) {
                Map<String, Object> values = AggregateColumns.values(row);
                expected.columns().forEach((column, text) -> {
                    Object actual = values.get(column.replace('-', '_'));
                    if (!isSame(text, actual)) {
                        lines.add(name + ": " + column + " is " + actual + ", expected " + text);
                    }
                });
                return;
            }
        }
        lines.add(name + ": missing");
    }

    private static boolean isSame(String text, Object actual) {
        return actual instanceof Number number
                ? isNear(Double.parseDouble(text), number.doubleValue())
                : text.equals(String.valueOf(actual));
    }

    private String at(Origin origin) {
        return "event " + numbers.get(origin) + ": ";
    }

    private String shown(ExpectedReading r) {
        return shown(shown(r.series()), r.eventTimeMicros(), r.value(), unit(r), r.site(), r.quality());
    }

    private static String shown(Accepted r) {
        return shown(shown(r.series()), r.eventTimeMicros(), r.value(), r.unit(), r.site(), r.quality());
    }

    private static String shown(String series, long micros, double value, String unit, String site, int quality) {
        List<Flag> flags =
                Arrays.stream(Flag.values()).filter(flag -> flag.isIn(quality)).toList();
        return series + " at " + time(micros) + ": " + value + " " + unit + ", site " + site + ", flags " + flags;
    }

    private static String shown(Object reason, String metric, String detail) {
        return reason + (metric == null ? "" : " of " + metric) + ": " + detail;
    }

    private static String shown(SeriesKey series) {
        return series.sensorId() + ' ' + series.metric();
    }

    private static Instant time(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
