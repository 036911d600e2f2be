package dev.weir.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.core.catalog.Metric;
import dev.weir.failure.RefusedException;
import dev.weir.testing.generate.TestMetrics;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MetricUnitsTest {

    @Test
    void remembersTheUnitsOfTheCatalog() {
        assertThat(MetricUnits.joined(Map.of(), metrics("t", "Cel", "h", "%", "n", null)))
                .isEqualTo(Map.of("h", "%", "n", "", "t", "Cel"));
    }

    @Test
    void refusesAnotherUnitNamingMetricBothUnitsAndTheCures() {
        assertThatThrownBy(() -> MetricUnits.joined(Map.of("t", "Cel"), metrics("t", "[degF]")))
                .isInstanceOf(RefusedException.class)
                .hasMessageStartingWith("metrics.t.unit must stay Cel for a start from state, got [degF]")
                .hasMessageEndingWith("Set it back to Cel, give the metric in the new unit another name, or start"
                        + " without state");
    }

    @Test
    void refusesAUnitWhereThereWasNoneAndNoneWhereThereWasOne() {
        assertThatThrownBy(() -> MetricUnits.joined(Map.of("t", ""), metrics("t", "Cel")))
                .hasMessageContaining("must stay absent")
                .hasMessageContaining("got Cel");
        assertThatThrownBy(() -> MetricUnits.joined(Map.of("t", "Cel"), metrics("t", null)))
                .hasMessageContaining("must stay Cel")
                .hasMessageContaining("got absent");
    }

    @Test
    void remembersTheUnitOfAMetricThatTheCatalogLost() {
        Map<String, String> without = MetricUnits.joined(Map.of("t", "Cel"), metrics("h", "%"));
        assertThatThrownBy(() -> MetricUnits.joined(without, metrics("t", "K"))).isInstanceOf(RefusedException.class);
    }

    private static Map<String, Metric> metrics(String... namesAndUnits) {
        Map<String, Metric> metrics = new HashMap<>();
        for (int i = 0; i < namesAndUnits.length; i += 2) {
            Metric metric = metric(namesAndUnits[i], namesAndUnits[i + 1]);
            metrics.put(metric.name(), metric);
        }
        return metrics;
    }

    private static Metric metric(String name, String unit) {
        return TestMetrics.named(name, unit).build();
    }
}
