package dev.weir.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.util.clock.ManualClock;
import org.junit.jupiter.api.Test;

class SinkMetricsTest {
    private final Map<String, Metric> registered = new HashMap<>();
    private final ManualClock clock = new ManualClock();

    @Test
    void areNamedAsPublishedAndTellTheTruth() {
        MetricGroup group = WeirMetrics.sink(new Recording(""), "kilns", "postgres");
        SinkMetrics metrics = new SinkMetrics(group, clock::relativeTimeNanos);
        SinkMetrics.pendingBytes(group, () -> 17L);
        clock.advanceTime(Duration.ofSeconds(3));

        assertThat(registered)
                .containsOnlyKeys(
                        "weir.pipeline=kilns.sink=postgres.rowsCommitted",
                        "weir.pipeline=kilns.sink=postgres.commitDurationMs",
                        "weir.pipeline=kilns.sink=postgres.commitRetries",
                        "weir.pipeline=kilns.sink=postgres.pendingBytes",
                        "weir.pipeline=kilns.sink=postgres.millisSinceLastCommit");
        assertThat(gauge("weir.pipeline=kilns.sink=postgres.pendingBytes")).isEqualTo(17L);
        assertThat(gauge("weir.pipeline=kilns.sink=postgres.millisSinceLastCommit"))
                .isEqualTo(3000L);

        metrics.committed(5, 40);
        metrics.committed(6, 60);
        metrics.retried();
        metrics.caughtUp();

        assertThat(((Counter) registered.get("weir.pipeline=kilns.sink=postgres.rowsCommitted")).getCount())
                .isEqualTo(11);
        assertThat(((Counter) registered.get("weir.pipeline=kilns.sink=postgres.commitRetries")).getCount())
                .isEqualTo(1);
        assertThat(((Histogram) registered.get("weir.pipeline=kilns.sink=postgres.commitDurationMs"))
                        .getStatistics()
                        .getMax())
                .isEqualTo(60);
        assertThat(gauge("weir.pipeline=kilns.sink=postgres.millisSinceLastCommit"))
                .isEqualTo(0L);
    }

    private Object gauge(String name) {
        return ((Gauge<?>) registered.get(name)).getValue();
    }

    private final class Recording extends UnregisteredMetricsGroup {
        private final String prefix;

        Recording(String prefix) {
            this.prefix = prefix;
        }

        @Override
        public MetricGroup addGroup(String name) {
            return new Recording(prefix + name + ".");
        }

        @Override
        public MetricGroup addGroup(String label, String value) {
            return new Recording(prefix + label + "=" + value + ".");
        }

        @Override
        public <C extends Counter> C counter(String name, C counter) {
            registered.put(prefix + name, counter);
            return counter;
        }

        @Override
        public <T, G extends Gauge<T>> G gauge(String name, G gauge) {
            registered.put(prefix + name, gauge);
            return gauge;
        }

        @Override
        public <H extends Histogram> H histogram(String name, H histogram) {
            registered.put(prefix + name, histogram);
            return histogram;
        }
    }
}
