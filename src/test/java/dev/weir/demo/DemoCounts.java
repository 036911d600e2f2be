package dev.weir.demo;

import static dev.weir.demo.Terminal.number;

import dev.weir.core.model.Quality;
import dev.weir.core.model.Reason;
import dev.weir.testing.oracle.Accepted;
import dev.weir.testing.oracle.Rejected;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What became of the readings, counted. A flagged reading can be in several rules' counts. */
final class DemoCounts {
    private final Map<Reason, Long> rejected = new TreeMap<>();
    private final Map<String, Long> flaggedByRule = new TreeMap<>();
    private long accepted;
    private long flagged;

    void add(List<Accepted> readings, List<Rejected> rejects) {
        accepted += readings.size();
        for (Accepted reading : readings) {
            flag(reading.quality());
        }
        rejects.forEach(r -> rejected.merge(r.reason(), 1L, Long::sum));
    }

    private void flag(int quality) {
        if (quality == 0) {
            return;
        }
        flagged++;
        for (Map.Entry<String, Integer> rule : Map.of(
                        "OUT_OF_RANGE", Quality.OUT_OF_RANGE, "SPIKE", Quality.SPIKE, "STUCK", Quality.STUCK)
                .entrySet()) {
            if ((quality & rule.getValue()) != 0) {
                flaggedByRule.merge(rule.getKey(), 1L, Long::sum);
            }
        }
    }

    /** Slots for readings: missing values are among them, as rejects. */
    long readings() {
        return accepted + rejected();
    }

    private long rejected() {
        return rejected.values().stream().mapToLong(Long::longValue).sum();
    }

    /** As rows of name, number and share; numbers are in columns 1 and 2. */
    List<String[]> table(long events) {
        List<String[]> rows = new ArrayList<>();
        rows.add(row("events read", events, ""));
        rows.add(row("readings in them", readings(), ""));
        rows.add(row("  accepted", accepted, share(accepted)));
        rows.add(row("    of which flagged", flagged, share(flagged)));
        flaggedByRule.forEach((rule, count) -> rows.add(row("      " + rule, count, "")));
        rows.add(row("  rejected", rejected(), share(rejected())));
        rejected.forEach((reason, count) -> rows.add(row("    " + reason, count, "")));
        return rows;
    }

    private String share(long count) {
        return String.format(Locale.ROOT, "%.2f %%", 100.0 * count / Math.max(1, readings()));
    }

    private static String[] row(String name, long count, String note) {
        return new String[] {name, number(count), note};
    }
}
