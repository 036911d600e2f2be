package dev.weir.demo;

import dev.weir.config.WeirConfig;
import dev.weir.core.model.Event;
import dev.weir.core.model.Quality;
import dev.weir.core.model.Reason;
import dev.weir.testing.oracle.Accepted;
import dev.weir.testing.oracle.Oracle;
import dev.weir.testing.oracle.Outcome;
import dev.weir.testing.oracle.Rejected;
import dev.weir.testing.outputs.DeadLetters;
import dev.weir.testing.outputs.Outcomes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Compares all that is in the lake, in PostgreSQL and in the dead letters with what the oracle says, and counts it on the way. */
final class DemoCheck {
    private final Map<String, String> differences = new TreeMap<>();
    private final Map<Reason, Long> rejected = new TreeMap<>();
    private final Map<Integer, Long> flagged = new TreeMap<>();
    private long accepted;
    private long postgresRows;
    private long deadLetters;

    /** @param sets number of sets of stations; each is judged by itself, for the memory: series never span sets */
    static DemoCheck compare(WeirConfig config, DemoFeed feed, int sets, DemoOutputs outputs) {
        DemoCheck check = new DemoCheck();
        for (int set = 1; set <= sets; set++) {
            check.compare(new Oracle(config), feed.eventsOf(set), set, outputs);
        }
        return check;
    }

    private void compare(Oracle oracle, List<Event> events, int set, DemoOutputs outputs) {
        Outcome expected = oracle.judge(events);
        List<Accepted> readings = outputs.readings(set);
        List<Rejected> rejects = outputs.rejects(set);
        equal("readings in the lake", () -> Outcomes.assertReadings(expected.readings(), readings));
        equal("aggregates in the lake", () -> Outcomes.assertAggregates(expected.aggregates(), outputs.lakeRows(set)));
        equal(
                "aggregates in PostgreSQL",
                () -> Outcomes.assertAggregates(expected.aggregates(), outputs.postgresRows(set)));
        equal("dead letters", () -> {
            Outcomes.assertRejects(expected.rejects(), rejects);
            DeadLetters.assertOriginalBytes(events, outputs.letters(set));
        });
        accepted += readings.size();
        readings.stream().filter(r -> r.quality() != 0).forEach(r -> flagged.merge(r.quality(), 1L, Long::sum));
        rejects.forEach(r -> rejected.merge(r.reason(), 1L, Long::sum));
        postgresRows += outputs.postgresRows(set).size();
        deadLetters += outputs.letters(set).size();
    }

    private void equal(String what, Runnable assertion) {
        differences.putIfAbsent(what, "");
        try {
            assertion.run();
        } catch (AssertionError difference) {
            differences.merge(what, difference.getMessage(), String::concat);
        }
    }

    boolean passed() {
        return differences.values().stream().allMatch(String::isEmpty);
    }

    /** What was compared, and how it differs: empty if it is equal. */
    Map<String, String> differences() {
        return differences;
    }

    long accepted() {
        return accepted;
    }

    long decoded() {
        return accepted + rejected();
    }

    long rejected() {
        return sum(rejected);
    }

    long flagged() {
        return sum(flagged);
    }

    Map<Reason, Long> rejectedByReason() {
        return rejected;
    }

    /** Number of readings by the rules that flagged them: a reading may be in several. */
    Map<String, Long> flaggedByRule() {
        Map<String, Long> rules = new TreeMap<>();
        for (String rule : List.of("OUT_OF_RANGE", "SPIKE", "STUCK")) {
            rules.put(rule, 0L);
        }
        flagged.forEach((bits, count) -> names(bits).forEach(rule -> rules.merge(rule, count, Long::sum)));
        rules.values().removeIf(count -> count == 0);
        return rules;
    }

    long postgresRows() {
        return postgresRows;
    }

    long deadLetters() {
        return deadLetters;
    }

    private static List<String> names(int bits) {
        List<String> names = new ArrayList<>();
        if ((bits & Quality.OUT_OF_RANGE) != 0) {
            names.add("OUT_OF_RANGE");
        }
        if ((bits & Quality.SPIKE) != 0) {
            names.add("SPIKE");
        }
        if ((bits & Quality.STUCK) != 0) {
            names.add("STUCK");
        }
        return names;
    }

    private static long sum(Map<?, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
