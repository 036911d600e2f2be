package dev.weir.core.series;

import java.util.ArrayList;
import java.util.List;

/** The open windows of one length of one series, ascending by start. At most lateness / length + 2 of them. */
final class OpenWindows {
    final int seconds;
    final long lengthMicros;
    /** No window that starts earlier is kept: the length was added when the series was already under way. Epoch microseconds. */
    final long notBeforeMicros;

    private final List<Window> windows = new ArrayList<>(4);

    OpenWindows(int seconds, long notBeforeMicros) {
        this.seconds = seconds;
        this.lengthMicros = seconds * 1_000_000L;
        this.notBeforeMicros = notBeforeMicros;
    }

    List<Window> all() {
        return windows;
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
        long start = startOf(timeMicros);
        if (start < notBeforeMicros) {
            return null;
        }
        int i = windows.size();
        while (i > 0 && windows.get(i - 1).startMicros > start) {
            i--;
        }
        if (i > 0 && windows.get(i - 1).startMicros == start) {
            return windows.get(i - 1);
        }
        Window opened = new Window(start);
        windows.add(i, opened);
        return opened;
    }

    /** No window that ends at or before the floor is open any more. */
    void dropUntil(long floorMicros) {
        while (!windows.isEmpty() && endMicros(windows.get(0)) <= floorMicros) {
            windows.remove(0);
        }
    }
}
