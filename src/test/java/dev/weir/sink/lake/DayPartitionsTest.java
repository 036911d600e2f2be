package dev.weir.sink.lake;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DayPartitionsTest {
    private final DayPartitions days = new DayPartitions("readings/");

    @ParameterizedTest
    @CsvSource({
        "0, 1970, 01, 01",
        "86399999999, 1970, 01, 01",
        "86400000000, 1970, 01, 02",
        "-1, 1969, 12, 31",
        "-86400000000, 1969, 12, 31",
        "-86400000001, 1969, 12, 30",
        "1709251199999999, 2024, 02, 29",
        "-62135596800000000, 0001, 01, 01",
    })
    void aTimeIsOfItsDayInUtc(long micros, String year, String month, String day) {
        assertThat(days.of(micros)).isEqualTo("readings/year=" + year + "/month=" + month + "/day=" + day);
    }

    @Test
    void aDayIsFormattedOnce() {
        String first = days.of(0);
        assertThat(days.of(1)).isSameAs(first);
        String second = days.of(DayPartitions.MICROS_PER_DAY);
        assertThat(second).isNotEqualTo(first);
        assertThat(days.of(0)).isSameAs(first);
    }

    /** Of 4,095 days; with one more the cache is full, and the next look empties it. */
    @Test
    void remembersSomeYearsOfDays() {
        String first = days.of(0);
        for (long day = 1; day < 4_095; day++) {
            assertThat(days.of(day * DayPartitions.MICROS_PER_DAY))
                    .endsWith(
                            String.format("/day=%02d", LocalDate.ofEpochDay(day).getDayOfMonth()));
        }
        assertThat(days.of(0)).isSameAs(first);
        days.of(4_095 * DayPartitions.MICROS_PER_DAY);
        assertThat(days.of(0)).isEqualTo(first).isNotSameAs(first);
    }
}
