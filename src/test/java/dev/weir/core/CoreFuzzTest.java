package dev.weir.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.core.model.Event;
import dev.weir.testing.generate.FuzzFeed;
import dev.weir.testing.generate.FuzzSource;
import dev.weir.testing.oracle.Oracle;
import dev.weir.testing.oracle.Outcome;
import dev.weir.testing.outputs.Outcomes;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Broken events of every catalog, in sequence, through the core: {@code weir.fuzz.core} of each, with the seed {@code weir.fuzz.seed}
 * or else 1. The whole job gets its share in {@code FuzzIT}, at a hundredth of the speed.
 */
class CoreFuzzTest {
    private static final int EVENTS = Integer.getInteger("weir.fuzz.core", 1_000);
    private static final long SEED = Long.getLong("weir.fuzz.seed", 1);
    private static final int GREATEST_RUN = 20_000;
    private static final int PARTITIONS = 3;

    static Stream<Arguments> sources() {
        List<FuzzSource> sources = FuzzSource.all(SEED, Math.min(EVENTS, GREATEST_RUN));
        return IntStream.range(0, sources.size())
                .mapToObj(i -> Arguments.of(sources.get(i), sources.get((i + 3) % sources.size())));
    }

    @ParameterizedTest
    @MethodSource("sources")
    void decidesOfBrokenEventsWhatTheOracleDecides(FuzzSource source, FuzzSource foreign) {
        for (int left = EVENTS, round = 0; left > 0; left -= GREATEST_RUN, round++) {
            List<Event> events =
                    new FuzzFeed(source, foreign, SEED + round, PARTITIONS).next(Math.min(left, GREATEST_RUN));
            Outcome expected = new Oracle(source.config()).judge(events);
            Outcomes.assertEqual(expected, CoreRun.of(source.config(), events));
            assertThat(expected.readings()).as("accepted readings").isNotEmpty();
        }
    }
}
