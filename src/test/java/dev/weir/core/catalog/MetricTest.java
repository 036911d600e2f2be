package dev.weir.core.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.core.model.Flag;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MetricTest {

    @Test
    void onlyAStuckValueIsFlaggedWhereTheCatalogSaysNothing() {
        Metric metric = metric(Map.of());
        assertThat(metric.flags(Flag.STUCK)).isTrue();
        assertThat(metric.flags(Flag.SPIKE)).isFalse();
        assertThat(metric.flags(Flag.OUT_OF_RANGE)).isFalse();
        assertThat(metric.sentinels()).containsExactly(-9999.0);
    }

    @Test
    void theCatalogDecides() {
        Metric metric = metric(Map.of(Flag.STUCK, Metric.Action.REJECT, Flag.SPIKE, Metric.Action.FLAG));
        assertThat(metric.flags(Flag.STUCK)).isFalse();
        assertThat(metric.flags(Flag.SPIKE)).isTrue();
        assertThat(metric.flags(Flag.OUT_OF_RANGE)).isFalse();
    }

    /** A bucket that refills one part of 10^18 each microsecond. */
    @Test
    void aQuotaMayHaveEighteenDecimals() {
        Rate rate = new Rate(new BigDecimal("1E-18"), Duration.ofNanos(1_000));
        long parts = 1_000_000_000_000_000_000L;
        assertThat(new Quota(rate, 1).parts()).isEqualTo(new Quota.Parts(1, parts, parts));
    }

    private static Metric metric(Map<Flag, Metric.Action> on) {
        return new Metric("m", "Cel", new Metric.Limits(0, 1, null, null, List.of(-9999.0)), on, null, false);
    }
}
