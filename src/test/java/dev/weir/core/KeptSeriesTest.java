package dev.weir.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.WeirConfig;
import dev.weir.core.model.Event;
import dev.weir.core.model.SeriesKey;
import dev.weir.core.series.SeriesStateCodec;
import dev.weir.testing.kept.KeptState;
import dev.weir.testing.oracle.Oracle;
import dev.weir.testing.oracle.Outcome;
import dev.weir.testing.outputs.Outcomes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The bytes of series that earlier code wrote, read by the present. */
class KeptSeriesTest {
    /** A series of the format before shows its windows again, and so is another one afterwards. */
    private static final int WITH_GENERATION = 2;

    private final WeirConfig config = KeptState.config();

    static IntStream formats() {
        return IntStream.rangeClosed(1, SeriesStateCodec.VERSION);
    }

    @ParameterizedTest
    @MethodSource("formats")
    void goOnFromTheBytesOfFormat(int format) throws Exception {
        KeptState kept = KeptState.ofFormat(format);
        Map<SeriesKey, byte[]> series = kept.series();
        assertThat(series.values()).isNotEmpty().allMatch(bytes -> bytes[0] == format);
        CoreRun run = new CoreRun(config);
        run.feed(kept.before());
        run.restore(series);
        run.feed(kept.after());
        Outcome outcome = run.end();

        List<Event> all = new ArrayList<>(kept.before());
        all.addAll(kept.after());
        Outcomes.assertEqual(new Oracle(config).judge(all), outcome);
    }

    @ParameterizedTest
    @MethodSource("formats")
    void wasMadeOfWhatTheCodeMakesNow(int format) throws Exception {
        KeptState kept = KeptState.ofFormat(format);
        CoreRun run = new CoreRun(config);
        run.feed(kept.before());
        Map<SeriesKey, byte[]> now = run.stored();
        run.restore(kept.series());

        assertThat(run.stored().keySet()).isEqualTo(now.keySet());
        if (format >= WITH_GENERATION) {
            run.stored().forEach((key, bytes) -> assertThat(bytes).as("%s", key).isEqualTo(now.get(key)));
        }
    }
}
