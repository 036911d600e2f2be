package dev.weir.flink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.core.model.Flag;
import dev.weir.core.model.Reading;
import dev.weir.core.model.Reason;
import dev.weir.core.model.Reason.Level;
import dev.weir.core.model.SeriesKey;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.testutils.MetricListener;
import org.junit.jupiter.api.Test;

/** The metrics with the label {@code reason}, which follow from {@link Reason} and {@link Flag}. */
class RejectCountersTest {
    private final MetricListener metrics = new MetricListener();

    @Test
    void theIntakeHasAMetricForEachReasonOfItsLevels() {
        new IntakeMetrics(metrics.getMetricGroup(), "kilns");

        assertThat(labels("eventsRejected")).isEqualTo(Reason.ofLevel(Level.EVENT));
        assertThat(labels("readingsRejected")).isEqualTo(Reason.ofLevel(Level.READING));
    }

    @Test
    void theSeriesOperatorHasAMetricForEachReasonOfItsLevelAndEachFlag() {
        seriesMetrics();

        assertThat(labels("readingsRejected")).isEqualTo(Reason.ofLevel(Level.SERIES));
        assertThat(labels("eventsRejected")).isEmpty();
        assertThat(labels("readingsFlagged"))
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Flag.values()).map(Flag::reason).toList());
    }

    @Test
    void anAcceptedReadingCountsForEachOfItsFlags() {
        SeriesMetrics series = seriesMetrics();
        for (Flag flag : Flag.values()) {
            series.accepted(reading(flag.bit()), 0);
        }
        series.accepted(reading(Arrays.stream(Flag.values()).mapToInt(Flag::bit).sum()), 0);

        assertThat(Flag.values()).allSatisfy(flag -> assertThat(
                        counter("readingsFlagged", flag.reason()).getCount())
                .isEqualTo(2));
    }

    /** A rule whose reason does not name the rule's level is a mistake that tests find; should one come through, the job must go on. */
    @Test
    void countsARejectOfAnyReasonWhateverItsLevel() {
        for (Level level : Level.values()) {
            RejectCounters counters = new RejectCounters(metrics.getMetricGroup(), level.name(), level);
            for (Reason reason : Reason.values()) {
                counters.count(reason);
                counters.count(reason);
                assertThat(metrics.getCounter("reason", reason.name(), level.name())
                                .orElseThrow()
                                .getCount())
                        .isEqualTo(2);
            }
        }
    }

    private SeriesMetrics seriesMetrics() {
        return new SeriesMetrics(metrics.getMetricGroup(), "kilns", cache(), () -> 0);
    }

    /** Only its counts are asked for. */
    private static StateCache cache() {
        return new StateCache(new SeriesStore(null, null, null, null, WrittenSeries.none(1), series -> {}, 1), 1, 1);
    }

    private static Reading reading(int quality) {
        return new Reading(new SeriesKey("s", "m"), 0, 1, null, null, quality, null, null, null, 1);
    }

    /** The reasons that have a metric of that name, in their order. */
    private List<Reason> labels(String name) {
        return Arrays.stream(Reason.values())
                .filter(reason -> metrics.getCounter(path(name, reason)).isPresent())
                .toList();
    }

    private Counter counter(String name, Reason reason) {
        return metrics.getCounter(path(name, reason)).orElseThrow();
    }

    private static String[] path(String name, Reason reason) {
        return new String[] {"weir", "pipeline", "kilns", "reason", reason.name(), name};
    }
}
