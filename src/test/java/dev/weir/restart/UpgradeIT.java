package dev.weir.restart;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.config.ConfigurationException;
import dev.weir.config.WeirConfig;
import dev.weir.core.catalog.Catalog;
import dev.weir.core.catalog.Metric;
import dev.weir.core.model.Aggregate;
import dev.weir.core.model.Event;
import dev.weir.core.model.Origin;
import dev.weir.core.model.Reason;
import dev.weir.testing.generate.TestConfigs;
import dev.weir.testing.generate.TestMetrics;
import dev.weir.testing.oracle.Oracle;
import dev.weir.testing.oracle.Outcome;
import dev.weir.testing.outputs.Outcomes;
import dev.weir.testing.outputs.Rows;
import dev.weir.testing.pipeline.PipelineLife;
import dev.weir.testing.pipeline.PipelineRig;
import dev.weir.testing.pipeline.PipelineRun;
import dev.weir.testing.pipeline.Server;
import dev.weir.testing.pipeline.Starting;
import dev.weir.testing.pipeline.SteadyFeed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Version A stops with a savepoint, version B starts from it at another parallelism: what docs/upgrading.md says becomes of each kind
 * of change, and what is refused before it has touched anything.
 */
class UpgradeIT {
    private static final int STEPS = 100;
    private static final Metric DEWPOINT =
            TestMetrics.named("dewpoint", "Cel", -80, 60).build();

    @Server
    static PipelineRig rig;

    private final SteadyFeed feed = new SteadyFeed("s-");
    private final WeirConfig base = SteadyFeed.config("Cel", 125);

    @Test
    void anotherCatalogBeginsAHigherGenerationOnTheSameLakeWithoutPartialRows() throws Exception {
        PipelineLife life = life("catalog", 3);
        List<Event> known = feed.all(2, 0, STEPS);
        life.send(known);
        life.send(dewpoints(0));
        String savepoint =
                life.start(Starting.fresh(base)).awaitRead(1, 3L * STEPS).stop();

        WeirConfig changed = withDewpoint(SteadyFeed.config("Cel", 100));
        List<Event> hot = new SteadyFeed("s-", 110).all(2, STEPS, 2 * STEPS);
        life.send(hot);
        life.send(dewpoints(STEPS));
        PipelineRun run = life.start(Starting.from(savepoint, changed).parallel(2))
                .awaitRead(2, 3L * STEPS)
                .drain();

        // No reading before breaks the new limit, and of the new metric there is none: so the new catalog judges all
        // alike, but for what the old one has rejected for good.
        Outcome accepted = new Oracle(changed)
                .judge(Stream.of(known, hot, dewpoints(STEPS))
                        .flatMap(List::stream)
                        .map(this::inTopic)
                        .toList());
        Outcome before = new Oracle(base).judge(life.sent().subList(0, 3 * STEPS));
        Outcomes.assertReadings(
                accepted.readings(), run.readings().stream().map(Rows::accepted).toList());
        Outcomes.assertAggregates(accepted.aggregates(), run.rows());
        Outcomes.assertBooks(before.books(), life.books(1));
        Outcomes.assertBooks(
                minus(accepted.books(), new Oracle(base).judge(known).books()), life.books(2));
        assertThat(run.rejects())
                .filteredOn(reject -> reject.reason() == Reason.UNKNOWN_METRIC)
                .hasSize(STEPS);
        assertThat(run.readings())
                .allMatch(reading -> reading.generation() == (reading.origin().offset() < STEPS ? 1 : 2));
        assertThat(run.emissions()).noneMatch(row -> row.partial());
    }

    @Test
    void aWindowSizeThatIsAddedBeginsAfterTheClockAndOneThatIsRemovedShowsWhatItHas() throws Exception {
        PipelineLife life = life("windows", 2);
        life.send(feed.all(2, 0, STEPS));
        String savepoint =
                life.start(Starting.fresh(base)).awaitRead(1, 2L * STEPS).stop();
        List<Event> before = life.sent();

        WeirConfig changed = withWindows(base, Duration.ofMinutes(1), Duration.ofSeconds(30), Duration.ofHours(1));
        life.send(feed.all(2, STEPS, 2 * STEPS));
        PipelineRun run = life.start(Starting.from(savepoint, changed).parallel(3))
                .awaitRead(1, 4L * STEPS)
                .drain();

        Map<String, Long> clocks = new HashMap<>();
        new Oracle(base)
                .judge(before)
                .readings()
                .forEach(r -> clocks.merge(r.series().sensorId(), r.eventTimeMicros(), Math::max));
        List<Aggregate> removed = new Oracle(base)
                .judge(before).aggregates().stream()
                        .filter(row -> row.windowSeconds() == 10)
                        .toList();
        List<Aggregate> kept = new Oracle(changed)
                .judge(life.sent()).aggregates().stream()
                        .filter(row -> row.windowSeconds() != 30
                                || row.windowStartMicros()
                                        > clocks.get(row.series().sensorId()))
                        .toList();
        assertThat(removed).isNotEmpty();
        assertThat(kept).anyMatch(row -> row.windowSeconds() == 30);
        List<Aggregate> expected =
                Stream.concat(removed.stream(), kept.stream()).toList();
        Outcomes.assertAggregates(expected, run.rows());
        Outcomes.assertAggregates(expected, run.latest().stream().map(Rows::row).toList());
        Outcomes.assertReadings(
                new Oracle(changed).judge(life.sent()).readings(),
                run.readings().stream().map(Rows::accepted).toList());
        assertThat(life.generations()).as("windows decide no verdict").containsExactly("1");
    }

    @Test
    void aRollbackIsARewindAndLeavesNothingOfWhatItTookBack() throws Exception {
        PipelineLife life = life("rollback", 1);
        life.send(feed.all(1, 0, STEPS));
        String versionA = life.start(Starting.fresh(base)).awaitRead(1, STEPS).stop();

        // Version B takes what A rejects, also into a window that A's state has open and has shown.
        List<Event> after = new ArrayList<>(List.of(late()));
        after.addAll(shifted(feed.steps(0, STEPS, 2 * STEPS)));
        life.send(after);
        PipelineRun taken = life.start(Starting.from(versionA, SteadyFeed.config("Cel", 1000)))
                .awaitRead(2, after.size())
                .drain();
        assertThat(taken.rows()).as("B shows what is taken back").anyMatch(row -> row.max() == 900);

        List<String> outside = life.outside();
        assertThat(life.start(Starting.from(versionA, base)).refusal()).contains("weir.restore.rewind is false");
        assertThat(life.start(Starting.from(versionA, base).rewinding("lake")).refusal())
                .contains("weir.lake.path must be a new one for a rewind");
        assertThat(life.outside()).isEqualTo(outside);

        PipelineRun run = life.start(
                        Starting.from(versionA, base).rewinding("lake-2").parallel(2))
                .awaitRead(3, after.size())
                .drain();
        Outcome expected = new Oracle(base).judge(life.sent());
        Outcomes.assertAggregates(expected.aggregates(), run.rows());
        Outcomes.assertReadings(
                expected.readings().stream()
                        .filter(reading -> reading.origin().offset() >= STEPS)
                        .toList(),
                run.readings().stream().map(Rows::accepted).toList());
        assertThat(run.readings()).allMatch(reading -> reading.generation() == 3);
        assertThat(run.emissions()).noneMatch(row -> row.partial());
    }

    @Test
    void whatCannotGoOnIsRefusedBeforeItHasTouchedAnything() throws Exception {
        PipelineLife life = life("refused", 1);
        life.send(feed.all(1, 0, STEPS));
        String savepoint = life.start(Starting.fresh(base)).awaitRead(1, STEPS).stop();
        List<String> outside = life.outside();
        Starting same = Starting.from(savepoint, base);

        assertThat(life.start(same.named("renamed")).refusal())
                .contains("weir.pipeline must stay refused for a start from its state, got renamed")
                .contains("Set it back to refused");
        assertThatThrownBy(() -> life.start(same.with(Map.of("pipeline.max-parallelism", "360"))))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("pipeline.max-parallelism must stay 720 for a start from this state, got 360")
                .hasMessageContaining("set pipeline.max-parallelism: 720");
        assertThat(life.start(Starting.from(savepoint, SteadyFeed.config("[degF]", 257)))
                        .refusal())
                .contains("metrics.temperature.unit must stay Cel for a start from state, got [degF]");
        assertThat(life.outside()).isEqualTo(outside);

        life.send(feed.all(1, STEPS, 2 * STEPS));
        life.start(same).awaitRead(1, 2L * STEPS).drain().assertRight();
    }

    private static PipelineLife life(String name, int partitions) {
        return new PipelineLife(rig, name, rig.postgres().newDatabase(), partitions);
    }

    /** What a third sensor sends, on a partition of its own. */
    private List<Event> dewpoints(int from) {
        return feed.steps(2, from, from + STEPS).stream()
                .map(event -> new Event(
                        event.origin(),
                        event.key(),
                        new String(event.value(), UTF_8)
                                .replace("temperature", DEWPOINT.name())
                                .getBytes(UTF_8)))
                .toList();
    }

    /** Out of A's range, and in a minute that A's state has shown and not dropped: the one before its clock's minute. */
    private Event late() {
        Event last = feed.steps(0, STEPS - 1, STEPS).get(0);
        long millis = SteadyFeed.BEGIN_MILLIS + (STEPS - 1 - 20) * (long) SteadyFeed.STEP_MILLIS + 1;
        String json = new String(last.value(), UTF_8)
                .replaceAll("\"event_time\":\\d+", "\"event_time\":" + millis)
                .replaceAll("\"value\":[0-9.]+", "\"value\":900");
        Origin origin = new Origin("any", 0, STEPS, last.origin().timestampMillis());
        return new Event(origin, last.key(), json.getBytes(UTF_8));
    }

    /** One offset later: {@link #late} stands before them. */
    private static List<Event> shifted(List<Event> events) {
        return events.stream()
                .map(event -> {
                    Origin at = event.origin();
                    Origin later = new Origin(at.topic(), at.partition(), at.offset() + 1, at.timestampMillis());
                    return new Event(later, event.key(), event.value());
                })
                .toList();
    }

    private Event inTopic(Event event) {
        return PipelineRig.inTopic(List.of(event), "catalog").get(0);
    }

    private static Map<String, Long> minus(Map<String, Long> all, Map<String, Long> part) {
        return all.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue() - part.getOrDefault(entry.getKey(), 0L)));
    }

    private static WeirConfig withDewpoint(WeirConfig config) {
        Map<String, Metric> metrics = new HashMap<>(config.catalog().metrics());
        metrics.put(DEWPOINT.name(), DEWPOINT);
        Catalog catalog = new Catalog(config.catalog().inputs().get(0), metrics, false, null);
        return TestConfigs.config(catalog, config.time(), config.windows());
    }

    private static WeirConfig withWindows(WeirConfig config, Duration... windows) {
        return TestConfigs.config(config.catalog(), config.time(), List.of(windows));
    }
}
