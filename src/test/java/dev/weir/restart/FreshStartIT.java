package dev.weir.restart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.WeirConfig;
import dev.weir.core.model.Aggregate;
import dev.weir.core.model.Event;
import dev.weir.core.model.SeriesKey;
import dev.weir.testing.LakeReader;
import dev.weir.testing.oracle.Accepted;
import dev.weir.testing.oracle.Oracle;
import dev.weir.testing.oracle.Outcome;
import dev.weir.testing.outputs.Outcomes;
import dev.weir.testing.outputs.RowEdit;
import dev.weir.testing.outputs.Rows;
import dev.weir.testing.pipeline.PipelineLife;
import dev.weir.testing.pipeline.PipelineRig;
import dev.weir.testing.pipeline.PipelineRun;
import dev.weir.testing.pipeline.Server;
import dev.weir.testing.pipeline.Starting;
import dev.weir.testing.pipeline.SteadyFeed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * A start without state of a pipeline that has rows already, after the topic has lost its oldest events: what was complete stays until
 * something complete replaces it.
 */
class FreshStartIT {
    private static final long LATENESS_MICROS = 120_000_000;
    private static final long LOST = 60;

    @Server
    static PipelineRig rig;

    private final SteadyFeed feed = new SteadyFeed("s-");
    private final WeirConfig base = SteadyFeed.config("Cel", 125);

    @Test
    void neverReplacesACompleteRowByOneThatMayHaveMissedReadings() throws Exception {
        PipelineLife life = new PipelineLife(rig, "fresh", rig.postgres().newDatabase(), 3);
        life.send(feed.all(2, 0, 120));
        life.start(Starting.fresh(base).atDefault()).awaitRead(1, 240).drain();
        Outcome before = new Oracle(base).judge(life.sent());

        life.deleteBefore(Map.of(0, LOST, 1, LOST));
        life.send(feed.all(2, 120, 240));
        life.send(feed.steps(2, 0, 120)); // a sensor that the first generation did not know
        List<Event> left = life.sent().stream()
                .filter(event ->
                        event.origin().partition() == 2 || event.origin().offset() >= LOST)
                .toList();
        PipelineRun run =
                life.start(Starting.fresh(base)).awaitRead(2, left.size()).drain();
        Outcome after = withPartialRows(new Oracle(base).judge(left));

        Outcomes.assertBooks(before.books(), life.books(1));
        Outcomes.assertBooks(after.books(), life.books(2));
        assertRows(before, after, run, life);
        assertReadings(before, after, run);
    }

    private static void assertRows(Outcome before, Outcome after, PipelineRun run, PipelineLife life) {
        Map<Object, Aggregate> expected = byWindow(before.aggregates());
        Map<Object, Integer> generations = new HashMap<>();
        expected.keySet().forEach(window -> generations.put(window, 1));
        byWindow(after.aggregates()).forEach((window, row) -> {
            if (!row.partial() || !expected.containsKey(window)) {
                expected.put(window, row);
                generations.put(window, 2);
            }
        });
        assertThat(expected.values().stream()
                        .collect(Collectors.groupingBy(
                                row -> generations.get(window(row)) + (row.partial() ? " partial" : " complete"))))
                .as("each case is there")
                .containsOnlyKeys("1 complete", "2 complete", "2 partial");
        assertThat(before.aggregates().stream().filter(row -> generations.get(window(row)) == 2))
                .as("and rows that are replaced")
                .isNotEmpty();

        List<Aggregate> rows = new ArrayList<>(expected.values());
        Outcomes.assertAggregates(rows, run.rows());
        Outcomes.assertAggregates(rows, run.latest().stream().map(Rows::row).toList());
        assertThat(life.rowGenerations())
                .containsExactlyInAnyOrderElementsOf(rows.stream()
                        .map(row -> String.join(
                                "|",
                                row.series().sensorId(),
                                Integer.toString(row.windowSeconds()),
                                Long.toString(row.windowStartMicros() / 1_000_000),
                                generations.get(window(row)).toString(),
                                row.partial() ? "t" : "f"))
                        .toList());
    }

    /** Of a lake with several generations, the highest per (sensor_id, metric, event_time). */
    private static void assertReadings(Outcome before, Outcome after, PipelineRun run) {
        Map<Object, Accepted> expected = new HashMap<>();
        before.readings()
                .forEach(reading -> expected.put(List.of(reading.series(), reading.eventTimeMicros()), reading));
        int replaced = expected.size() + after.readings().size();
        after.readings()
                .forEach(reading -> expected.put(List.of(reading.series(), reading.eventTimeMicros()), reading));
        assertThat(replaced).as("readings of both generations").isGreaterThan(expected.size());
        assertThat(run.readings()).hasSize(replaced);

        LakeReader lake = new LakeReader(Path.of(run.config().lake().path()));
        Outcomes.assertReadings(
                List.copyOf(expected.values()),
                lake.currentReadings().stream().map(Rows::accepted).toList());
    }

    private static Outcome withPartialRows(Outcome outcome) {
        Map<SeriesKey, Long> first = new HashMap<>();
        outcome.readings().forEach(r -> first.merge(r.series(), r.eventTimeMicros(), Math::min));
        List<Aggregate> rows = outcome.aggregates().stream()
                .map(row -> row.windowStartMicros() <= first.get(row.series()) + LATENESS_MICROS ? partial(row) : row)
                .toList();
        return new Outcome(outcome.readings(), rows, outcome.rejects(), outcome.books());
    }

    private static Aggregate partial(Aggregate row) {
        return RowEdit.of(row).with("partial", true).row();
    }

    private static Map<Object, Aggregate> byWindow(List<Aggregate> rows) {
        return rows.stream()
                .collect(Collectors.toMap(FreshStartIT::window, Function.identity(), (a, b) -> b, HashMap::new));
    }

    private static Object window(Aggregate row) {
        return List.of(row.series(), row.windowSeconds(), row.windowStartMicros());
    }
}
