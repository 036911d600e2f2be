package dev.weir.core.series;

import java.util.Arrays;
import java.util.Iterator;

/** The open windows of one length of one series, ascending by start. At most lateness / length + 2 of them. */
final class OpenWindows implements Iterable<Window> {
    final int seconds;
    final long lengthMicros;
    /** No window that starts earlier is kept: the length was added when the series was already under way. Epoch microseconds. */
    final long notBeforeMicros;

    /**
     * The first {@link #size} are open; behind them may be one that was dropped, to be used again. New objects in an old series, and
     * references from one old object to another, are what the garbage collector has most work with, and a series that reports less than
     * once a window needs a window for each reading: it gets the same one, where it was.
     */
    private Window[] windows = {};

    private int size;

    /** The one asked for last; mostly the next reading is of it, too. May have been dropped: then no reading of it comes any more. */
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

    @Override
    public Iterator<Window> iterator() {
        return new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return next < size;
            }

            @Override
            public Window next() {
                return windows[next++];
            }
        };
    }

    int size() {
        return size;
    }

    Window get(int i) {
        return windows[i];
    }

    /** The window, which begins later than all others, is open. For decoders: before anything was dropped. */
    void append(Window window) {
        makeRoom();
        windows[size] = window;
        size++;
    }

    private void makeRoom() {
        if (size == windows.length) {
            windows = Arrays.copyOf(windows, size + size / 2 + 1);
        }
    }

    /** See {@link SeriesState#touch}. */
    long touch() {
        return last == null ? 0 : last.startMicros ^ last.lastTimeMicros;
    }

    /** How many windows take heap: the open ones, and perhaps one that was dropped. */
    int held() {
        return size < windows.length && windows[size] != null ? size + 1 : size;
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
        Window found = find(start);
        // Do not simplify: what is written is looked at by the collector, the same reference, too.
        if (last != found) {
            last = found;
        }
        return found;
    }

    private Window find(long start) {
        int i = size;
        while (i > 0 && windows[i - 1].startMicros > start) {
            i--;
        }
        if (i > 0 && windows[i - 1].startMicros == start) {
            return windows[i - 1];
        }
        quietBeforeClockMicros = SeriesState.NONE;
        quietBeforeFloorMicros = SeriesState.NONE;
        return open(i, start);
    }

    private Window open(int i, long start) {
        makeRoom();
        Window opened = windows[size];
        if (opened == null) {
            opened = new Window(start);
        } else {
            opened.open(start);
        }
        System.arraycopy(windows, i, windows, i + 1, size - i);
        // Do not simplify: as above.
        if (windows[i] != opened) {
            windows[i] = opened;
        }
        size++;
        return opened;
    }

    /** How many of them, the first ones, end at or before that time. */
    int countThrough(long timeMicros) {
        int count = size;
        while (count > 0 && endMicros(windows[count - 1]) > timeMicros) {
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
        int dropped = countThrough(floorMicros);
        if (dropped > 0) {
            drop(dropped);
        }
        quietBeforeFloorMicros = size == 0 ? Long.MAX_VALUE : endMicros(windows[0]);
    }

    /** The first of them stays as the one to be used again. */
    private void drop(int dropped) {
        Window spare = windows[0];
        size -= dropped;
        if (size > 0) {
            System.arraycopy(windows, dropped, windows, 0, size);
            windows[size] = spare;
        }
        Arrays.fill(windows, size + 1, windows.length, null);
    }
}
