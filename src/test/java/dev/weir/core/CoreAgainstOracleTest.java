package dev.weir.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.WeirConfig;
import dev.weir.core.model.Event;
import dev.weir.testing.generate.RealData;
import dev.weir.testing.generate.TestConfigs;
import dev.weir.testing.generate.Workload;
import dev.weir.testing.generate.Workloads;
import dev.weir.testing.oracle.Oracle;
import dev.weir.testing.oracle.Outcome;
import dev.weir.testing.outputs.Outcomes;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CoreAgainstOracleTest {

    @Property(tries = 2_000)
    void decidesWhatTheOracleDecides(@ForAll("workloads") Workload workload) {
        List<Event> events = workload.events();
        Outcomes.assertEqual(new Oracle(workload.config()).judge(events), CoreRun.of(workload.config(), events));
    }

    @Provide
    Arbitrary<Workload> workloads() {
        return Workloads.any();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT2M", "PT1H", "P1D", "P30D"})
    void agreesOnTheIntelSliceAtEveryLateness(Duration lateness) {
        WeirConfig config = TestConfigs.intel(lateness);
        List<Event> events = RealData.intel();
        Outcomes.assertEqual(new Oracle(config).judge(events), CoreRun.of(config, events));
    }

    /**
     * Station by station, which share nothing: all of it at once would not fit into the tests' heap. The counts stand
     * in the data's README.
     */
    @Test
    void agreesOnTheWholeBeijingSet() {
        WeirConfig config = TestConfigs.beijing();
        Map<Integer, List<Event>> stations = RealData.beijing().stream()
                .collect(Collectors.groupingBy(event -> event.origin().partition()));
        Map<String, Long> books = new HashMap<>();
        for (List<Event> station : stations.values()) {
            Outcome core = CoreRun.of(config, station);
            Outcomes.assertEqual(new Oracle(config).judge(station), core);
            core.books().forEach((counter, count) -> books.merge(counter, count, Long::sum));
        }
        assertThat(books)
                .containsEntry("events.read", 420_768L)
                .containsEntry("rejected.MISSING_FIELD", 72_205L)
                .containsEntry("rejected.OUT_OF_RANGE", 100L);
    }
}
