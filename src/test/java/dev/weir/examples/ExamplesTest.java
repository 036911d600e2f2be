package dev.weir.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.core.CoreRun;
import dev.weir.testing.catalogtest.Deviations;
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

        assertThat(Deviations.of(
                        example.test(),
                        example.config(),
                        CoreRun.of(example.config(), example.test().events())))
                .isEmpty();
    }
}
