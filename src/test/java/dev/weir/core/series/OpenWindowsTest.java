package dev.weir.core.series;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

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

    @Test
    void aLateReadingOpensAWindowBetweenOthers() {
        OpenWindows windows = new OpenWindows(1, SeriesState.NONE);
        for (int second : new int[] {1, 5, 9, 3, 7, 0}) {
            windows.at(second * SECOND).add(second * SECOND, second, false, null, null);
        }
        assertThat(windows).extracting(window -> window.firstValue).containsExactly(0.0, 1.0, 3.0, 5.0, 7.0, 9.0);
        windows.dropUntil(4 * SECOND);
        windows.at(6 * SECOND).add(6 * SECOND, 6, false, null, null);
        assertThat(windows).extracting(window -> window.firstValue).containsExactly(5.0, 6.0, 7.0, 9.0);
    }

    @Test
    void aWindowIsDroppedByTheFloorAtItsEnd() {
        OpenWindows windows = new OpenWindows(1, SeriesState.NONE);
        windows.at(0);
        windows.at(SECOND);
        windows.dropUntil(SECOND - 1); // now it is known that nothing is dropped before second 1
        assertThat(windows.size()).isEqualTo(2);
        windows.dropUntil(SECOND);
        assertThat(starts(windows)).containsExactly(SECOND);
    }

    /** A ring longer than four is halved while it is more than four times as long as what is open. */
    @Test
    void givesBackTheRoomOfWindowsThatAreGone() {
        OpenWindows windows = new OpenWindows(1, SeriesState.NONE);
        for (int second = 0; second < 17; second++) {
            windows.at(second * SECOND);
        }
        assertThat(windows.held()).isEqualTo(32);
        windows.dropUntil(9 * SECOND);
        assertThat(windows.size()).isEqualTo(8);
        assertThat(windows.held()).as("four for each that is open").isEqualTo(32);
        windows.dropUntil(10 * SECOND);
        assertThat(windows.held()).isEqualTo(16);
        assertThat(starts(windows).get(0)).isEqualTo(10 * SECOND);
        assertThat(starts(windows).get(6)).isEqualTo(16 * SECOND);
        windows.dropUntil(17 * SECOND);
        assertThat(windows.size()).isZero();
        assertThat(windows.held()).isEqualTo(4);
    }

    @Test
    void hasNoWindowBeforeTheLengthWasAdded() {
        OpenWindows windows = new OpenWindows(60, 120 * SECOND);
        assertThat(windows.at(120 * SECOND - 1)).isNull();
        assertThat(windows.at(120 * SECOND).startMicros).isEqualTo(120 * SECOND);
        assertThat(windows.at(-SECOND)).isNull();
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
