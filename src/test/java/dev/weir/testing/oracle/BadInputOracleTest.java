package dev.weir.testing.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.core.model.Event;
import dev.weir.testing.generate.BadInput;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class BadInputOracleTest {

    @TestFactory
    Stream<DynamicTest> givesEachRowItsReason() {
        return Stream.of(BadInput.json(), BadInput.csv()).flatMap(BadInputOracleTest::tests);
    }

    private static Stream<DynamicTest> tests(BadInput input) {
        List<Event> events = input.events();
        return IntStream.range(0, events.size()).mapToObj(i -> {
            BadInput.Row row = input.rows().get(i);
            return DynamicTest.dynamicTest(
                    row.name(), () -> check(row, new Oracle(input.config()).judge(List.of(events.get(i)))));
        });
    }

    private static void check(BadInput.Row row, Outcome outcome) {
        if (row.reason() != null) {
            assertThat(outcome.rejects()).extracting(Rejected::reason).containsExactly(row.reason());
        } else {
            assertThat(outcome.readings())
                    .extracting(reading -> Instant.EPOCH.plus(reading.eventTimeMicros(), ChronoUnit.MICROS))
                    .containsExactly(row.eventTime());
        }
    }
}
