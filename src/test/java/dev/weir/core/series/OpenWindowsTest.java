package dev.weir.core.series;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class OpenWindowsTest {
    private static final long SECOND = 1_000_000;

    /** One reading: how far it moves the clock on, and how far behind the clock it is, in seconds. */
    record Step(int onSeconds, int behindSeconds) {}

    @Property(tries = 500)
    void isAMapOfStartsFromWhichWhatIsBehindTheFloorIsDropped(
            @ForAll @Size(max = 200) List<@IntRange(min = 0, max = 99_999) Integer> readings,
            @ForAll @IntRange(min = 1, max = 120) int latenessSeconds) {
        OpenWindows windows = new OpenWindows(4, SeriesState.NONE);
        TreeMap<Long, Long> expected = new TreeMap<>();
        long clock = 1_000_000 * SECOND;
        for (int reading : readings) {
            Step step = step(reading, latenessSeconds);
            clock += step.onSeconds * SECOND;
            long time = clock - step.behindSeconds * SECOND;
            long floor = clock - latenessSeconds * SECOND;

            windows.dropUntil(floor);
            windows.at(time).add(time, 1, false, null, null);
            expected.headMap(floor - 4 * SECOND, true).clear();
            expected.merge(Math.floorDiv(time, 4 * SECOND) * 4 * SECOND, 1L, Long::sum);

            assertThat(starts(windows)).containsExactlyElementsOf(expected.keySet());
            assertThat(counts(windows)).containsExactlyElementsOf(expected.values());
            assertThat(windows.held()).isBetween(windows.size(), Math.max(4, 4 * windows.size()));
        }
    }

    /** Mostly within the lateness, with a leap over most or all that is open now and then. */
    private static Step step(int reading, int latenessSeconds) {
        int leap = reading % 10 < 2 ? (reading % 10 == 0 ? 30 : 9) * latenessSeconds / 10 : 0;
        return new Step(reading / 10 % 10 + leap, reading / 100 % latenessSeconds);
    }

    @Property(tries = 20)
    void aWindowThatIsDroppedIsTheNextOne(@ForAll @IntRange(min = 1, max = 3) int windowsApart) {
        OpenWindows windows = new OpenWindows(1, SeriesState.NONE);
        Window first = windows.at(0);
        for (long time = windowsApart * SECOND; time < 100 * SECOND; time += windowsApart * SECOND) {
            windows.dropUntil(time);
            assertThat(windows.at(time)).isSameAs(first);
        }
    }

    private static List<Long> starts(OpenWindows windows) {
        List<Long> starts = new ArrayList<>();
        windows.forEach(window -> starts.add(window.startMicros));
        return starts;
    }

    private static List<Long> counts(OpenWindows windows) {
        List<Long> counts = new ArrayList<>();
        windows.forEach(window -> counts.add(window.count));
        return counts;
    }
}
