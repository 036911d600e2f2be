package dev.weir.core.series;

import java.util.ArrayList;
import java.util.List;

/** The open windows of one length of one series, ascending by start. At most lateness / length + 2 of them. */
final class OpenWindows {
    final int seconds;
    final long lengthMicros;
    /** No window that starts earlier is kept: the length was added when the series was already under way. Epoch microseconds. */
    final long notBeforeMicros;

    private final List<Window> windows = new ArrayList<>(1);

    /**
     * Dropped, and used again for the next one that is opened: a new object in an old series is the dearest kind for the garbage collector,
     * and a series that reports less than once a window needs one for each reading. Null where none is left over.
     */
    private Window spare;

    /** The one asked for last; mostly the next reading is of it, too. */
    private Window last;

    /**
     * A lower bound of the next clock, and of the next floor, at which a window is to be shown or dropped: until then most readings need
     * not look at any window but their own. Not part of the state: at first nothing is known.
     */
    private long quietBeforeClockMicros = SeriesState.NONE;

    private long quietBeforeFloorMicros = SeriesState.NONE;

    OpenWindows(int seconds, long notBeforeMicros) {
        this.seconds = seconds;
        this.lengthMicros = seconds * 1_000_000L;
        this.notBeforeMicros = notBeforeMicros;
    }

    List<Window> all() {
        return windows;
    }

    /** See {@link SeriesState#touch}. */
    long touch() {
        return last == null ? 0 : last.startMicros ^ last.lastTimeMicros;
    }

    /** How many windows take heap: the open ones, and perhaps one that was dropped. */
    int held() {
        return windows.size() + (spare == null ? 0 : 1);
    }

    long endMicros(Window window) {
        return window.startMicros + lengthMicros;
    }

    /** The start of the window that contains the time; windows are aligned to the epoch. */
    long startOf(long timeMicros) {
        return Math.floorDiv(timeMicros, lengthMicros) * lengthMicros;
    }

    /** The window that contains the time, opened if need be; null where the length does not go back that far. */
    Window at(long timeMicros) {
        if (last != null && timeMicros >= last.startMicros && timeMicros < endMicros(last)) {
            return last;
        }
        long start = startOf(timeMicros);
        if (start < notBeforeMicros) {
            return null;
        }
        last = find(start);
        return last;
    }

    private Window find(long start) {
        int i = windows.size();
        while (i > 0 && windows.get(i - 1).startMicros > start) {
            i--;
        }
        if (i > 0 && windows.get(i - 1).startMicros == start) {
            return windows.get(i - 1);
        }
        Window opened = opened(start);
        windows.add(i, opened);
        quietBeforeClockMicros = SeriesState.NONE;
        quietBeforeFloorMicros = SeriesState.NONE;
        return opened;
    }

    private Window opened(long start) {
        if (spare == null) {
            return new Window(start);
        }
        Window opened = spare;
        spare = null;
        opened.open(start);
        return opened;
    }

    /** How many of them, the first ones, end at or before that time. */
    int countThrough(long timeMicros) {
        int count = windows.size();
        while (count > 0 && endMicros(windows.get(count - 1)) > timeMicros) {
            count--;
        }
        return count;
    }

    /** Whether it is known that no window is to be shown for the first time at that clock. */
    boolean quietAt(long clockMicros) {
        return clockMicros < quietBeforeClockMicros;
    }

    /** All that the clock has closed has been shown; before that time there is nothing more. */
    void quietBefore(long clockMicros) {
        quietBeforeClockMicros = clockMicros;
    }

    /** No window that ends at or before the floor is open any more. */
    void dropUntil(long floorMicros) {
        if (floorMicros < quietBeforeFloorMicros) {
            return;
        }
        while (!windows.isEmpty() && endMicros(windows.get(0)) <= floorMicros) {
            spare = windows.remove(0);
            last = null;
        }
        quietBeforeFloorMicros = windows.isEmpty() ? Long.MAX_VALUE : endMicros(windows.get(0));
    }
}
