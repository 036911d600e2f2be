package dev.weir.core.series;

import java.util.Iterator;

/** The open windows of one length of one series, ascending by start. At most lateness / length + 2 of them. */
final class OpenWindows implements Iterable<Window> {
    /** So many objects are kept however few windows are open; of more, at most four for each of them. */
    private static final int KEPT = 4;

    final int seconds;
    final long lengthMicros;
    /** No window that starts earlier is kept: the length was added when the series was already under way. Epoch microseconds. */
    final long notBeforeMicros;

    /**
     * A ring, a power of two long: those open are {@link #size} from {@link #first} on, ascending. Behind them are some that were dropped, to
     * be used again where they are. New objects in an old series, and references from one old object to another, are what the garbage
     * collector has most work with, and a window ends for each reading of a series that reports less than once a window.
     */
    private Window[] ring = {};

    private int first;
    private int size;

    /**
     * Where the one asked for last is, if nothing was moved since; mostly the next reading is of it, too. It may have been dropped: then no
     * reading of it comes any more. Not a reference, for the same reason.
     */
    private int recent;

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
                return get(next++);
            }
        };
    }

    int size() {
        return size;
    }

    Window get(int i) {
        return ring[place(i)];
    }

    private int place(int i) {
        return first + i & ring.length - 1;
    }

    /** The window, which begins later than all others, is open. For decoders: before anything was dropped. */
    void append(Window window) {
        makeRoom();
        ring[place(size)] = window;
        size++;
    }

    private void makeRoom() {
        if (size == ring.length) {
            resize(Math.max(1, 2 * size));
        }
    }

    private void resize(int length) {
        Window[] resized = new Window[length];
        for (int i = 0; i < Math.min(length, ring.length); i++) {
            resized[i] = get(i);
        }
        ring = resized;
        first = 0;
        recent = 0;
    }

    /** See {@link SeriesState#touch}. */
    long touch() {
        Window window = recent();
        return window == null ? 0 : window.startMicros ^ window.lastTimeMicros;
    }

    private Window recent() {
        return ring.length == 0 ? null : ring[recent];
    }

    /** How many windows may take heap: the open ones, and those to be used again. */
    int held() {
        return ring.length;
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
        Window lately = recent();
        if (lately != null && timeMicros >= lately.startMicros && timeMicros < endMicros(lately)) {
            return lately;
        }
        long start = startOf(timeMicros);
        if (start < notBeforeMicros) {
            return null;
        }
        int i = find(start);
        recent = place(i);
        return ring[recent];
    }

    private int find(long start) {
        int i = size;
        while (i > 0 && get(i - 1).startMicros > start) {
            i--;
        }
        if (i > 0 && get(i - 1).startMicros == start) {
            return i - 1;
        }
        quietBeforeClockMicros = SeriesState.NONE;
        quietBeforeFloorMicros = SeriesState.NONE;
        open(i, start);
        return i;
    }

    private void open(int i, long start) {
        makeRoom();
        int end = place(size);
        Window opened = ring[end];
        if (opened == null) {
            opened = new Window(start);
            ring[end] = opened;
        } else {
            opened.open(start);
        }
        // Do not simplify: mostly it is where it belongs, and the collector looks at what is written, the same
        // reference, too.
        if (i < size) {
            for (int later = size; later > i; later--) {
                ring[place(later)] = get(later - 1);
            }
            ring[place(i)] = opened;
        }
        size++;
    }

    /** How many of them, the first ones, end at or before that time. */
    int countThrough(long timeMicros) {
        int count = size;
        while (count > 0 && endMicros(get(count - 1)) > timeMicros) {
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
        quietBeforeFloorMicros = size == 0 ? Long.MAX_VALUE : endMicros(get(0));
    }

    private void drop(int dropped) {
        first = place(dropped);
        size -= dropped;
        int length = ring.length;
        while (length > KEPT && length > 4 * size) {
            length /= 2;
        }
        if (length < ring.length) {
            resize(length);
        }
    }
}
