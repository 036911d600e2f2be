package dev.weir.testing.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.testing.generate.RealData;
import dev.weir.testing.generate.TestConfigs;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The oracle against numbers that were counted in another way: the README of the data, and a few lines of another language. */
class RealDataOracleTest {

    /** Station by station, for the memory: series never span stations. */
    @Test
    void findsTheFaultsThatTheReadmeOfTheBeijingSetCounts() {
        Map<String, Long> books = new TreeMap<>();
        Map<String, Long> outOfRange = new TreeMap<>();
        for (String station : RealData.STATIONS) {
            Outcome outcome = new Oracle(TestConfigs.beijing()).judge(RealData.beijing(station));
            outcome.books().forEach((name, count) -> books.merge(name, count, Long::sum));
            outcome.rejects().stream()
                    .filter(reject -> reject.reason().name().equals("OUT_OF_RANGE"))
                    .forEach(reject -> outOfRange.merge(reject.metric(), 1L, Long::sum));
            // 1,461 days and 210 weeks that begin on a Thursday, at least one of them with a reading
            assertThat(outcome.aggregates()).hasSizeBetween(11 * 1_400, 11 * (1_462 + 210));
        }

        assertThat(books)
                .containsEntry("events.read", 420_768L)
                .containsEntry("events.decoded", 420_768L)
                .containsEntry("readings.decoded", 4_628_448L)
                .containsEntry("rejected.MISSING_FIELD", 72_205L)
                .containsEntry("rejected.OUT_OF_RANGE", 100L)
                .containsEntry("readings.rejected", 72_305L)
                .containsEntry("readings.accepted", 4_556_143L);
        assertThat(outOfRange)
                .isEqualTo(Map.of(
                        "CO", 56L, "O3", 24L, "PM10", 8L, "SO2", 4L, "RAIN", 3L, "PM2.5", 2L, "NO2", 2L, "DEWP", 1L));
    }

    /**
     * Rows behind their mote's clock by more than the lateness, times four metrics. Counted by a script that keeps only the greatest
     * accepted time per mote; 8,490 is also the README's count of rows behind the latest time before them. None is a duplicate.
     */
    @ParameterizedTest
    @CsvSource({
        "PT0S, 8490",
        "PT2M, 8490",
        "PT1H, 8490",
        "P1D, 8463",
        "P5D, 2842",
        "P10D, 7",
        "P20D, 0",
    })
    void findsTheLateRowsOfTheIntelSlice(Duration lateness, long lateRows) {
        Outcome outcome = new Oracle(TestConfigs.intel(lateness)).judge(RealData.intel());

        assertThat(outcome.books())
                .containsEntry("events.decoded", 9_719L)
                .containsEntry("readings.decoded", 38_876L)
                .containsEntry("rejected.LATE", 4 * lateRows)
                .containsEntry("readings.rejected", 4 * lateRows)
                .containsEntry("readings.accepted", 4 * (9_719 - lateRows));
    }
}
