package dev.weir.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.core.CoreRun;
import dev.weir.testing.catalogtest.Deviations;
import dev.weir.testing.oracle.Oracle;
import dev.weir.testing.oracle.Outcome;
import dev.weir.testing.outputs.Outcomes;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Judges the records of every example with the core alone. */
class ExamplesTest {

    static List<String> names() throws IOException {
        return Example.names();
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyRecordHasItsExpectedVerdict(String name) throws IOException {
        Example example = Example.of(name);

        Outcome outcome =
                CoreRun.of(example.config(), example.decoders(), example.test().events());

        assertThat(Deviations.of(example.test(), example.config(), outcome)).isEmpty();
    }

    /** The oracle knows neither the schemas of a registry nor common spellings of units such as SenML's %RH. */
    static List<String> knownToTheOracle() throws IOException {
        return names().stream()
                .filter(name -> !List.of("avro-registry", "senml").contains(name))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("knownToTheOracle")
    void theOracleComesToTheSameOutcome(String name) throws IOException {
        Example example = Example.of(name);

        Outcomes.assertEqual(
                new Oracle(example.config()).judge(example.test().events()),
                CoreRun.of(example.config(), example.test().events()));
    }
}
