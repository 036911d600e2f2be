package dev.weir.flink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.core.model.SeriesKey;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WrittenSeriesTest {
    private static final List<IntFunction<SeriesKey>> NAMES = List.of(
            number -> new SeriesKey("s-" + number, "temperature"),
            number -> new SeriesKey(
                    "plant-7/line-" + number % 100 + "/" + Integer.toHexString(number * 31), "m-" + number % 4),
            number -> new SeriesKey(String.valueOf(100_000_000L + number), "p"));

    @Test
    void knowsEachThatWasWrittenAndFewOthers() {
        int series = 200_000;
        for (IntFunction<SeriesKey> name : NAMES) {
            WrittenSeries written = WrittenSeries.none(13L * series / Byte.SIZE);
            IntStream.range(0, series).mapToObj(name).forEach(written::add);

            assertThat(IntStream.range(0, series).mapToObj(name)).allMatch(written::mayContain);
            assertThat(IntStream.range(series, 2 * series)
                            .mapToObj(name)
                            .filter(written::mayContain)
                            .count())
                    .isBetween(series / 200L, series * 4L / 100);
        }
    }

    @Test
    void mayHoldAnythingWhereNothingIsKnown() {
        WrittenSeries written = WrittenSeries.unknown();
        written.add(new SeriesKey("a", "m"));
        assertThat(written.mayContain(new SeriesKey("b", "m"))).isTrue();
        assertThat(written.knowsAll()).isFalse();
    }

    @Test
    void isEmptyAtFirst() {
        assertThat(WrittenSeries.none(0).mayContain(new SeriesKey("", ""))).isFalse();
        assertThat(WrittenSeries.none(0).knowsAll()).isTrue();
        assertThat(WrittenSeries.none(1_000_000).mayContain(new SeriesKey("", "")))
                .isFalse();
    }
}
