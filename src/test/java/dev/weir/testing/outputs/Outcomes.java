package dev.weir.testing.outputs;

import dev.weir.core.model.Aggregate;
import dev.weir.core.model.AggregateColumns;
import dev.weir.core.model.Reason;
import dev.weir.testing.oracle.Accepted;
import dev.weir.testing.oracle.Outcome;
import dev.weir.testing.oracle.Rejected;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compares outcomes, as multisets.
 *
 * <p>Identifiers, times, counts, reasons and bits must be equal; values may differ by the rounding of a unit's conversion, sums and
 * what follows from them by the rounding of another order of addition. Of a detail only the published words count: {@code same value},
 * {@code other value}, {@code sentinel}, and the index of an item.
 */
public final class Outcomes {
    private static final double VALUE_TOLERANCE = 1e-12;
    private static final double SUM_TOLERANCE = 1e-9;
    private static final Pattern IN_ITEM = Pattern.compile("item \\d+(\\.\\d+)*: ");

    private Outcomes() {}

    /** All four parts are equal; else an AssertionError that says how they differ. */
    public static void assertEqual(Outcome expected, Outcome actual) {
        fail(differences(expected, actual));
    }

    /** How the four parts differ. */
    public static Differences differences(Outcome expected, Outcome actual) {
        return Differences.sum(List.of(
                readings(expected.readings(), actual.readings()),
                aggregates(expected.aggregates(), actual.aggregates()),
                rejects(expected.rejects(), actual.rejects()),
                books(expected.books(), actual.books())));
    }

    /**
     * All four parts are equal to the bit, details included; else an AssertionError that says how they differ. For two
     * runs of the same code: records compare doubles by their bits, so 0.0 is not -0.0 and the last place counts.
     */
    public static void assertIdentical(Outcome expected, Outcome actual) {
        fail(Differences.sum(List.of(
                MultisetDiff.of(
                        "readings",
                        expected.readings(),
                        actual.readings(),
                        r -> List.of(r.series(), r.eventTimeMicros()),
                        Accepted::equals),
                MultisetDiff.of(
                        "aggregates",
                        expected.aggregates(),
                        actual.aggregates(),
                        r -> List.of(r.series(), r.windowSeconds(), r.windowStartMicros()),
                        Aggregate::equals),
                MultisetDiff.of(
                        "rejects",
                        expected.rejects(),
                        actual.rejects(),
                        r -> List.of(r.origin(), String.valueOf(r.metric())),
                        Rejected::equals),
                books(expected.books(), actual.books()))));
    }

    public static void assertReadings(List<Accepted> expected, List<Accepted> actual) {
        fail(readings(expected, actual));
    }

    public static void assertAggregates(List<Aggregate> expected, List<Aggregate> actual) {
        fail(aggregates(expected, actual));
    }

    public static void assertRejects(List<Rejected> expected, List<Rejected> actual) {
        fail(rejects(expected, actual));
    }

    /** A counter that is absent is at 0. */
    public static void assertBooks(Map<String, Long> expected, Map<String, Long> actual) {
        fail(books(expected, actual));
    }

    private static void fail(Differences differences) {
        if (!differences.isNone()) {
            throw new AssertionError('\n' + differences.text());
        }
    }

    private static Differences readings(List<Accepted> expected, List<Accepted> actual) {
        return MultisetDiff.of(
                "readings", expected, actual, r -> List.of(r.series(), r.eventTimeMicros()), Outcomes::sameReading);
    }

    public static Differences aggregates(List<Aggregate> expected, List<Aggregate> actual) {
        return MultisetDiff.of(
                "aggregates",
                expected,
                actual,
                r -> List.of(r.series(), r.windowSeconds(), r.windowStartMicros()),
                Outcomes::sameRow);
    }

    private static Differences rejects(List<Rejected> expected, List<Rejected> actual) {
        return MultisetDiff.of(
                "rejects",
                expected.stream().map(Outcomes::publicDetail).toList(),
                actual.stream().map(Outcomes::publicDetail).toList(),
                r -> List.of(r.origin(), String.valueOf(r.metric())),
                Objects::equals);
    }

    public static Differences books(Map<String, Long> expected, Map<String, Long> actual) {
        List<String> differences = new ArrayList<>();
        TreeSet<String> names = new TreeSet<>(expected.keySet());
        names.addAll(actual.keySet());
        for (String name : names) {
            long wanted = expected.getOrDefault(name, 0L);
            long found = actual.getOrDefault(name, 0L);
            if (wanted != found) {
                differences.add("  " + name + ": expected " + wanted + ", got " + found + '\n');
            }
        }
        return differences.isEmpty()
                ? Differences.NONE
                : new Differences(0, 0, differences.size(), "books:\n" + String.join("", differences));
    }

    private static boolean sameReading(Accepted a, Accepted b) {
        return a.series().equals(b.series())
                && a.eventTimeMicros() == b.eventTimeMicros()
                && near(a.value(), b.value(), VALUE_TOLERANCE, 1, 1)
                && Objects.equals(a.unit(), b.unit())
                && Objects.equals(a.site(), b.site())
                && a.quality() == b.quality()
                && a.origin().equals(b.origin());
    }

    private static boolean sameRow(Aggregate a, Aggregate b) {
        double magnitude = Math.max(1, Math.max(Math.abs(a.min()), Math.abs(a.max())));
        Map<String, Object> expected = AggregateColumns.values(a);
        Map<String, Object> actual = AggregateColumns.values(b);
        return expected.keySet().stream().allMatch(column -> switch (column) {
            case "sum" -> near(expected.get(column), actual.get(column), SUM_TOLERANCE, magnitude, a.count());
            case "mean", "stddev" -> near(expected.get(column), actual.get(column), SUM_TOLERANCE, magnitude, 1);
            default -> near(expected.get(column), actual.get(column), VALUE_TOLERANCE, 1, 1);
        });
    }

    private static boolean near(Object a, Object b, double relative, double magnitude, long count) {
        return a instanceof Double x && b instanceof Double y
                ? near(x.doubleValue(), y.doubleValue(), relative, magnitude, count)
                : Objects.equals(a, b);
    }

    /** Within the relative tolerance, or within 1e-12 of so many of the magnitude that it was made of. Infinite is near infinite only. */
    private static boolean near(double a, double b, double relative, double magnitude, long count) {
        if (a == b || !Double.isFinite(a) || !Double.isFinite(b)) {
            return Double.compare(a, b) == 0 || a == b;
        }
        // At the ends of a double the difference and the tolerance would be infinite.
        double scale = magnitude > 1e200 ? 0x1p-200 : 1;
        double distance = Math.abs(a * scale - b * scale);
        double greatest = Math.max(Math.abs(a * scale), Math.abs(b * scale));
        return distance <= Math.max(relative * greatest, VALUE_TOLERANCE * magnitude * scale * count);
    }

    private static Rejected publicDetail(Rejected r) {
        Matcher inItem = IN_ITEM.matcher(r.detail());
        String item = inItem.lookingAt() ? inItem.group() : "";
        String rest = r.detail().substring(item.length());
        boolean isPublic =
                r.reason() == Reason.DUPLICATE || r.reason() == Reason.OUT_OF_RANGE && rest.equals("sentinel");
        return new Rejected(r.origin(), r.reason(), isPublic ? r.detail() : item, r.metric());
    }
}
