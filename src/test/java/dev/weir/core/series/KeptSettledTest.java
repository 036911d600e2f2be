package dev.weir.core.series;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.testing.kept.KeptState;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The bytes of a long series of which a part is settled, as earlier code wrote them, read by the present. */
class KeptSettledTest {
    private static final int FIRST_FORMAT = 5;
    private static final int FIRST_WITH_A_LATE_READING = 6;
    private static final int READINGS = 600;

    private final SeriesStateCodec codec = new SeriesStateCodec();

    static IntStream formats() {
        return IntStream.rangeClosed(FIRST_FORMAT, SeriesStateCodec.VERSION);
    }

    /** Run once for a new format, as {@code KeepStateIT}. */
    @Test
    @EnabledIfSystemProperty(named = "weir.state.keep", matches = "true")
    void keepsWhatThisFormatLooksLike() throws Exception {
        KeptState kept = KeptState.ofFormat(SeriesStateCodec.VERSION);
        assertThat(kept.directory().resolve("settled.gz"))
                .as("made once, and never again")
                .doesNotExist();
        SeriesFixture fed = fed();
        fed.state.addedSinceStored = 0; // as if it had been stored a moment ago
        assertThat(fed.state.settle(SeriesFixture.KEY)).isTrue();
        byte[] settled = codec.encodeSettled(fed.state);
        late(fed);
        assertThat(fed.state.settle(SeriesFixture.KEY)).isFalse();
        kept.keepSettled(codec.encode(fed.state), settled);
    }

    @ParameterizedTest
    @MethodSource("formats")
    @DisabledIfSystemProperty(named = "weir.state.keep", matches = "true")
    void goesOnFromTheBytesOfFormat(int format) throws Exception {
        KeptState.Settled kept = KeptState.ofFormat(format).settled();
        assertThat(SeriesStateCodec.hasSettled(kept.series())).isTrue();
        SeriesFixture restored = SeriesFixture.minutes();
        restored.sites = number -> "site";
        restored.state = codec.decode(kept.series(), kept.settled());
        SeriesFixture straight = fed();
        if (format >= FIRST_WITH_A_LATE_READING) {
            late(straight);
        }
        straight.takeRows();
        straight.rejects.clear();
        restored.state.settledThroughMicros = SeriesState.NONE; // so that all of it is in the bytes
        assertThat(codec.encode(restored.state)).isEqualTo(codec.encode(straight.state));

        Stream.of(restored, straight).forEach(series -> feed(series, READINGS, 2 * READINGS));
        assertThat(restored.rejects).hasSizeGreaterThan(10).isEqualTo(straight.rejects);
        assertThat(restored.rows).isEqualTo(straight.rows);
    }

    /** From then on not all that is stored apart counts. */
    private static void late(SeriesFixture series) {
        assertThat(series.at(85.1, 3)).isEqualTo("ok");
    }

    private static SeriesFixture fed() {
        SeriesFixture series = SeriesFixture.minutes();
        series.sites = number -> "site";
        feed(series, 0, READINGS);
        return series;
    }

    /** Five a second; each twentieth is one of 40 seconds before, once more. */
    private static void feed(SeriesFixture series, int from, int to) {
        for (int i = from; i < to; i++) {
            int fifth = i % 20 == 19 ? i - 197 : i;
            series.at(fifth / 5.0, fifth % 7 / 10.0);
        }
    }
}
