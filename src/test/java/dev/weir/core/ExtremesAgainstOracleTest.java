package dev.weir.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.WeirConfig;
import dev.weir.core.catalog.Catalog;
import dev.weir.core.model.Aggregate;
import dev.weir.core.model.Event;
import dev.weir.core.model.Origin;
import dev.weir.testing.generate.TestConfigs;
import dev.weir.testing.oracle.Oracle;
import dev.weir.testing.oracle.Outcome;
import dev.weir.testing.outputs.Outcomes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

/** Windows with values at the ends of what a double holds, against an oracle that adds and squares decimals. */
class ExtremesAgainstOracleTest {
    private static final long BEGIN_MILLIS = 1_772_366_400_000L;

    @Property(tries = 300)
    void summarizesWhatTheOracleSummarizes(@ForAll @Size(min = 1, max = 30) List<@From("values") String> values) {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            long millis = BEGIN_MILLIS + i * 17_000L; // three or four in a minute
            String json = "{\"sensor_id\":\"s\",\"event_time\":" + millis + ",\"metric\":\"any\",\"value\":"
                    + values.get(i) + "}";
            events.add(new Event(new Origin("t", 0, i, millis), null, json.getBytes(StandardCharsets.UTF_8)));
        }
        Outcome outcome = CoreRun.of(config(), events);
        Outcomes.assertEqual(new Oracle(config()).judge(events), outcome);
        assertThat(outcome.aggregates())
                .noneMatch(row -> Double.isNaN(row.sum()) || !Double.isFinite(row.mean()))
                .noneMatch(row -> row.stddev() != null && Double.isNaN(row.stddev()))
                .allMatch(row -> row.stddev() == null || row.stddev() > 0 || row.min() == row.max() || isTiny(row));
    }

    /** Half of the smallest double is 0. */
    private static boolean isTiny(Aggregate row) {
        return row.max() - row.min() < 1e-320;
    }

    @Provide
    Arbitrary<String> values() {
        return Arbitraries.of(
                "1e308",
                "-1e308",
                "1.7e308",
                "-1.7e308",
                "1e200",
                "-1e200",
                "1e160",
                "1e-200",
                "-1e-200",
                "1e-155",
                "5e-324",
                "0",
                "21.5",
                "-3");
    }

    private static WeirConfig config() {
        Catalog catalog = new Catalog(TestConfigs.longJson().catalog().inputs().get(0), Map.of(), true, null);
        return TestConfigs.config(
                catalog,
                TestConfigs.time(Duration.ofSeconds(10), Duration.ofMinutes(1)),
                List.of(Duration.ofMinutes(1)));
    }
}
