package dev.weir.demo;

import dev.weir.config.WeirConfig;
import dev.weir.core.model.Event;
import dev.weir.testing.oracle.Accepted;
import dev.weir.testing.oracle.Oracle;
import dev.weir.testing.oracle.Outcome;
import dev.weir.testing.oracle.Rejected;
import dev.weir.testing.outputs.DeadLetters;
import dev.weir.testing.outputs.Outcomes;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Compares all that is in the lake, in PostgreSQL and in the dead letters with what the oracle says, and counts it on the way. */
final class DemoCheck {
    private final Map<String, String> differences = new TreeMap<>();
    private final Map<String, Long> oracleBooks = new TreeMap<>();
    private final DemoCounts counts = new DemoCounts();
    private long postgresRows;
    private long deadLetters;

    /** @param sets number of sets of stations; each is judged by itself, for the memory: series never span sets */
    static DemoCheck compare(WeirConfig config, DemoFeed feed, int sets, DemoOutputs outputs) {
        DemoCheck check = new DemoCheck();
        for (int set = 1; set <= sets; set++) {
            check.compare(new Oracle(config), feed.eventsOf(set), set, outputs);
        }
        check.oracleBooks.putAll(DemoCounts.files(feed));
        Map<String, Long> counted = check.counts.books(feed);
        check.equal("books in PostgreSQL", () -> Outcomes.assertBooks(check.oracleBooks, outputs.books()));
        check.equal("books and what is there", () -> Outcomes.assertBooks(counted, outputs.books()));
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
        counts.add(readings, rejects);
        expected.books().forEach((counter, value) -> oracleBooks.merge(counter, value, Long::sum));
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

    DemoCounts counts() {
        return counts;
    }

    long postgresRows() {
        return postgresRows;
    }

    long deadLetters() {
        return deadLetters;
    }
}
