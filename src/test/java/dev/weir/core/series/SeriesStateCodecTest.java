package dev.weir.core.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.testing.kept.KeptState;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every field there and back, and the bytes that are written today are those that were kept. */
class SeriesStateCodecTest {
    private static final long CLOCK = 1_000_000_000;
    private static final int FLAGS = 1;
    private static final int HAS_SETTLED = 16;

    private final SeriesStateCodec codec = new SeriesStateCodec();

    @Test
    void everyFieldComesBack() {
        SeriesState series = full();
        assertThat(fields(codec.decode(codec.encode(series), null))).isEqualTo(fields(full()));
        assertThat(codec.encodeSettled(series)).isNull();
    }

    /** Through the end of the first window: it, and what was accepted until then, is in the bytes of what is settled. */
    @Test
    void everyFieldComesBackFromTwoParts() {
        SeriesState series = full();
        series.settledThroughMicros = 950_000_000;
        series.storedApart = true;
        series.openStored = 37;
        List<Object> before = fields(series);
        byte[] rest = codec.encode(series);
        byte[] settled = codec.encodeSettled(series);
        SeriesState decoded = codec.decode(rest, settled);
        assertThat(fields(decoded)).isEqualTo(before);
        assertThat(decoded.openStored).isEqualTo(37);
        assertThat(decoded.storedApart).isTrue();
        assertThat(decoded.settledThroughMicros).isEqualTo(950_000_000);
        assertThat(rest.length).isLessThan(codec.encode(full()).length);
    }

    /** A late reading moved the moment before itself: what was stored apart of later times is in the rest, too. */
    @Test
    void whatIsStoredApartOfLaterTimesIsLeftOut() {
        SeriesState series = full();
        series.settledThroughMicros = 950_000_000;
        byte[] settled = codec.encodeSettled(series);
        series.settledThroughMicros = 949_999_999;
        assertThat(fields(codec.decode(codec.encode(series), settled))).isEqualTo(fields(full()));
    }

    /** They were still open when they were stored apart. */
    @Test
    void windowsAndTimesBehindTheFloorAreNotReadAgain() {
        SeriesState series = full();
        series.settledThroughMicros = 960_000_000;
        byte[] settled = codec.encodeSettled(series);
        series.floorMicros = 950_000_000;
        SeriesState decoded = codec.decode(codec.encode(series), settled);
        assertThat(decoded.lengths[0])
                .extracting(window -> window.startMicros)
                .containsExactly(950_000_000L, 960_000_000L, 970_000_000L);
        decoded.accepted.dropBefore(decoded.floorMicros);
        assertThat(decoded.accepted.timeAt(0)).isEqualTo(951_000_000);
    }

    static Stream<Consumer<SeriesState>> oneFieldOfAnEmptySeries() {
        return Stream.of(
                series -> series.quotaClockMicros = 1,
                series -> series.quotaParts = 1,
                series -> series.quotaPartsPerToken = 2,
                series -> series.partialThroughMicros = 1,
                series -> series.tombstone = true,
                series -> {
                    series.hasLast = true;
                    series.lastValue = 1;
                    series.unchangedSinceMicros = 1;
                },
                series -> {});
    }

    @ParameterizedTest
    @MethodSource("oneFieldOfAnEmptySeries")
    void aFieldThatIsNotThatOfANewSeriesIsWritten(Consumer<SeriesState> change) {
        SeriesState series = new SeriesState();
        series.clockMicros = 5;
        series.floorMicros = 3;
        change.accept(series);
        assertThat(fields(codec.decode(codec.encode(series), null))).isEqualTo(fields(series));
    }

    /** Of an empty series: version, flags, clock, floor, partition, two times, timer, generation, no reading and no length. */
    @Test
    void whatIsThatOfANewSeriesTakesNoBytes() {
        SeriesState series = new SeriesState();
        series.clockMicros = 5;
        series.floorMicros = 3;
        series.timerMillis = 0;
        assertThat(codec.encode(series)).containsExactly(SeriesStateCodec.VERSION, 0, 10, 4, 0, 0, 0, 0, 0, 0, 0);
    }

    @Test
    void saysWhichBytesNeedASettledPart() {
        assertThat(SeriesStateCodec.hasSettled(new byte[] {4, HAS_SETTLED})).isTrue();
        assertThat(SeriesStateCodec.hasSettled(new byte[] {7, HAS_SETTLED | 15}))
                .isTrue();
        assertThat(SeriesStateCodec.hasSettled(new byte[] {7, 15})).isFalse();
        assertThat(SeriesStateCodec.hasSettled(new byte[] {3, HAS_SETTLED}))
                .as("had no such flag")
                .isFalse();
    }

    @Test
    void refusesALaterFormat() {
        byte[] bytes = codec.encode(new SeriesState());
        bytes[0]++;
        assertThatThrownBy(() -> codec.decode(bytes, null))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("format " + (SeriesStateCodec.VERSION + 1));
        bytes[0] = 0;
        assertThatThrownBy(() -> codec.decode(bytes, null)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void writesTheBytesThatWereKept() throws Exception {
        KeptState kept = KeptState.ofFormat(SeriesStateCodec.VERSION);
        kept.series().forEach((key, bytes) -> assertThat(codec.encode(codec.decode(bytes, null)))
                .as("%s", key)
                .isEqualTo(bytes));
        KeptState.Settled settled = kept.settled();
        SeriesState series = codec.decode(settled.series(), settled.settled());
        assertThat(series.storedApart).isTrue();
        assertThat(settled.series()[FLAGS] & HAS_SETTLED).isPositive();
        assertThat(codec.encode(series)).isEqualTo(settled.series());
    }

    /** Each field has a value of its own, and each window differs from the one before in another way. */
    private static SeriesState full() {
        SeriesState series = new SeriesState();
        series.tombstone = true;
        series.clockMicros = CLOCK;
        series.floorMicros = CLOCK - 65_000_000;
        series.hasLast = true;
        series.lastValue = 21.5;
        series.unchangedSinceMicros = CLOCK - 7;
        series.quotaParts = 11;
        series.quotaPartsPerToken = 12;
        series.quotaClockMicros = CLOCK - 13;
        series.partialThroughMicros = CLOCK - 17;
        series.partitionHash = -19;
        series.lastArrivalMillis = 23_000;
        series.lastAcceptedMillis = 22_971;
        series.timerMillis = 23_500;
        series.generation = 29;
        for (int second = 941; second < 975; second += 10) {
            series.accepted.add(second * 1_000_000L, second / 10.0, SeriesState.NONE);
        }
        OpenWindows tens = new OpenWindows(10, 31_000_000);
        Window one = tens.at(940_000_000);
        one.add(941_000_000, 94.1, true, "site", "Cel");
        one.emittedCount = 1;
        Window otherUnit = tens.at(950_000_000);
        otherUnit.add(951_000_000, 95.1, false, "site", "K");
        otherUnit.add(950_500_000, -3, true, "site", "K");
        Window otherSite = tens.at(960_000_000);
        otherSite.add(961_000_000, 1e300, false, "another", "K");
        otherSite.add(960_000_000, 1, false, "another", "K");
        Window same = tens.at(970_000_000);
        same.add(971_000_000, 97.1, false, "another", "K");
        OpenWindows hours = new OpenWindows(3600, SeriesState.NONE);
        Window hour = hours.at(941_000_000);
        hour.add(971_000_000, 97.1, false, null, null);
        hour.add(951_000_000, 1e16, false, null, null);
        hour.add(941_000_000, 0.1, false, null, null);
        series.lengths = new OpenWindows[] {tens, hours};
        return series;
    }

    private static List<Object> fields(SeriesState series) {
        List<Object> fields = new ArrayList<>(List.of(
                series.tombstone,
                series.clockMicros,
                series.floorMicros,
                series.hasLast,
                series.lastValue,
                series.unchangedSinceMicros,
                series.quotaParts,
                series.quotaPartsPerToken,
                series.quotaClockMicros,
                series.partialThroughMicros,
                series.partitionHash,
                series.lastArrivalMillis,
                series.lastAcceptedMillis,
                series.timerMillis,
                series.generation));
        for (int i = 0; i < series.accepted.size(); i++) {
            fields.add(series.accepted.timeAt(i) + ": " + series.accepted.valueAt(i));
        }
        for (OpenWindows windows : series.lengths) {
            fields.add(windows.seconds + " s from " + windows.notBeforeMicros);
            windows.forEach(window -> fields.add(Stream.of(
                            window.startMicros,
                            window.count,
                            window.flaggedCount,
                            window.runningSum,
                            window.compensation,
                            window.runningMean,
                            window.squaredDeviations,
                            window.min,
                            window.max,
                            window.firstTimeMicros,
                            window.lastTimeMicros,
                            window.firstValue,
                            window.lastValue,
                            window.site,
                            window.unit,
                            window.emittedCount,
                            window.exact == null ? null : window.sum() + " " + window.stddev())
                    .map(String::valueOf)
                    .toList()));
        }
        return fields;
    }
}
