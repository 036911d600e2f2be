package dev.weir.testing.generate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.WeirConfig;
import dev.weir.core.model.Event;
import dev.weir.core.model.Flag;
import dev.weir.core.model.Reason;
import dev.weir.testing.oracle.Accepted;
import dev.weir.testing.oracle.Oracle;
import dev.weir.testing.oracle.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** The generators are worth their name: they reach every verdict, keep the preconditions, and repeat themselves. */
class WorkloadTest {

    @Test
    void aSeedMeansOneStream() {
        Workload workload = Workload.of(TestConfigs.longJson(), 7);

        assertThat(workload.events()).usingRecursiveComparison().isEqualTo(workload.events());
    }

    @Test
    void anEndlessStreamIsOneForASeedAndKeepsOffsetsAndPartitions() {
        Workload workload = Workload.of(TestConfigs.longJson(), 7);
        Iterator<Event> once = workload.endless();
        Iterator<Event> again = workload.endless();
        long[] next = new long[workload.partitions()];

        for (int i = 0; i < 10 * workload.sensors() * workload.eventsPerSensor(); i++) {
            Event event = once.next();
            assertThat(again.next()).usingRecursiveComparison().isEqualTo(event);
            assertThat(event.origin().offset()).isEqualTo(next[event.origin().partition()]++);
        }
        assertThat(next).doesNotContain(0);
    }

    @Test
    void everyVerdictComesUpInEveryLayoutThatKnowsIt() {
        // A wide event names no metric and no unit; CSV knows no types, and these fields of the lenient catalog hold
        // anything.
        Set<Reason> all = EnumSet.allOf(Reason.class);
        all.removeAll(EnumSet.of(Reason.FILE_REFUSED, Reason.FILE_MISSING, Reason.FILE_UNREADABLE));
        Set<Reason> lenient = EnumSet.copyOf(all);
        lenient.removeAll(EnumSet.of(Reason.UNKNOWN_METRIC, Reason.RATE_LIMITED));
        Set<Reason> wide = EnumSet.copyOf(lenient);
        wide.remove(Reason.UNIT_MISMATCH);

        assertThat(reasons(TestConfigs.longJson())).containsExactlyInAnyOrderElementsOf(all);
        assertThat(reasons(TestConfigs.csvLong())).containsExactlyInAnyOrderElementsOf(all);
        assertThat(reasons(TestConfigs.lenientLongJson())).containsExactlyInAnyOrderElementsOf(lenient);
        assertThat(reasons(TestConfigs.wideJson())).containsExactlyInAnyOrderElementsOf(wide);
        assertThat(reasons(TestConfigs.csvWide())).containsExactlyInAnyOrderElementsOf(wide);
    }

    @Test
    void everySwapInASeriesShowsWhereOrderMatters() {
        Workload workload = Workload.orderSensitive(TestConfigs.wideJson(), 3);
        List<Event> events = workload.events();
        Oracle oracle = new Oracle(workload.config());
        Outcome untouched = oracle.judge(events);
        assertThat(untouched.readings()).hasSizeGreaterThan(2_000);

        Map<Integer, Integer> previous = new HashMap<>(); // partition 1 and 2 have one sensor each
        for (int i = 0; i < events.size(); i++) {
            int partition = events.get(i).origin().partition();
            Integer before = previous.put(partition, i);
            if (before != null && partition > 0) {
                List<Event> swapped = new ArrayList<>(events);
                Collections.swap(swapped, before, i);
                assertThat(oracle.judge(swapped).books().get("rejected.LATE"))
                        .as("swap at %s", i)
                        .isPositive();
            }
        }
    }

    @Property(tries = 100)
    void theBooksBalance(@ForAll("workloads") Workload workload) {
        List<Event> events = workload.events();
        Outcome outcome = new Oracle(workload.config()).judge(events);
        Map<String, Long> books = outcome.books();

        assertThat(books.get("events.read")).isEqualTo(events.size());
        assertThat(books.get("events.read")).isEqualTo(books.get("events.decoded") + books.get("events.rejected"));
        assertThat(books.get("readings.decoded"))
                .isEqualTo(books.get("readings.accepted") + books.get("readings.rejected"));
        assertThat(outcome.readings()).hasSize(books.get("readings.accepted").intValue());
        assertThat((long) outcome.rejects().size())
                .isEqualTo(books.get("events.rejected") + books.get("readings.rejected"));
        for (Duration size : workload.config().windows()) {
            long counted = outcome.aggregates().stream()
                    .filter(row -> row.windowSeconds() == size.toSeconds())
                    .mapToLong(row -> row.count())
                    .sum();
            assertThat(counted).isEqualTo(outcome.readings().size());
        }
    }

    /** The precondition of idea 1: without it the outcome would not be a function of the events alone. */
    @Property(tries = 100)
    void aSensorSendsToOnePartitionAndOffsetsHaveNoHoles(@ForAll("workloads") Workload workload) {
        List<Event> events = workload.events();
        Map<String, Integer> partitions = new HashMap<>();
        for (Accepted reading : new Oracle(workload.config()).judge(events).readings()) {
            int partition = reading.origin().partition();
            assertThat(partitions.putIfAbsent(reading.series().sensorId(), partition))
                    .isIn(null, partition);
        }
        Map<String, Long> next = new HashMap<>();
        for (Event event : events) {
            String place = event.origin().topic() + '/' + event.origin().partition();
            long offset = next.merge(place, 1L, Long::sum) - 1;
            assertThat(event.origin().offset()).isEqualTo(offset);
        }
    }

    @Property(tries = 50)
    void theInterleavingOfPartitionsDoesNotMatter(@ForAll("workloads") Workload workload) {
        List<Event> events = workload.events();
        List<Event> byPartition = new ArrayList<>(events);
        byPartition.sort(
                (a, b) -> Integer.compare(a.origin().partition(), b.origin().partition()));

        Outcome mixed = new Oracle(workload.config()).judge(events);
        Outcome sorted = new Oracle(workload.config()).judge(byPartition);

        assertThat(Set.copyOf(sorted.readings())).isEqualTo(Set.copyOf(mixed.readings()));
        assertThat(Set.copyOf(sorted.aggregates())).isEqualTo(Set.copyOf(mixed.aggregates()));
        assertThat(Set.copyOf(sorted.rejects())).isEqualTo(Set.copyOf(mixed.rejects()));
        assertThat(sorted.books()).isEqualTo(mixed.books());
    }

    @Provide
    Arbitrary<Workload> workloads() {
        return Workloads.any();
    }

    private static Set<Reason> reasons(WeirConfig config) {
        Set<Reason> reasons = EnumSet.noneOf(Reason.class);
        Map<String, Long> books = new HashMap<>();
        for (long seed = 0; seed < 20; seed++) {
            Outcome outcome = new Oracle(config).judge(Workload.of(config, seed).events());
            outcome.rejects().forEach(reject -> reasons.add(reject.reason()));
            outcome.books().forEach((name, count) -> books.merge(name, count, Long::sum));
        }
        for (Flag flag : Flag.values()) {
            assertThat(books.get("flagged." + flag)).as(flag.name()).isPositive();
        }
        // Most is good: a stream of faults alone would test little of what follows.
        assertThat(books.get("readings.accepted")).isGreaterThan(books.get("readings.decoded") / 4);
        return reasons;
    }
}
