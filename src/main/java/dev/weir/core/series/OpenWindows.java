package dev.weir.core.series;

import java.util.Iterator;

/**
 * The open windows of one length of one series, in ascending order of start.
 *
 * <p><b>Idea.</b> A ring of {@link Window} objects, a power of two long. Slots {@link #first} to {@code first + size -
 * 1} (modulo the length) hold the open windows. The slots behind them hold dropped windows, which are reset and reused
 * in place. For a series that reports less than once per window, a window ends with every reading. A new object in an
 * old series, or a reference between two old objects, is the most expensive thing for a generational collector, because
 * it dirties a card of the old generation. The ring avoids both.
 *
 * <p><b>Invariant.</b> No two open windows have the same start, and every start is a multiple of the length.
 *
 * <p><b>Cost.</b> At most lateness / length + 2 windows are open. The ring holds at least {@link #MIN_SLOTS} windows
 * and shrinks once it exceeds four times the open windows. Finding the window of a reading near the clock takes O(1),
 * an older one a scan from the newest.
 */
final class OpenWindows implements Iterable<Window> {
    /** Minimum ring size; a larger ring shrinks once it exceeds four times the open windows. */
    private static final int MIN_SLOTS = 4;

    final int seconds;
    final long lengthMicros;
    /**
     * The earliest start of a window, epoch microseconds. It is above the minimum if this length was added to the configuration after the
     * series had begun.
     */
    final long notBeforeMicros;

    /** See the class comment. Entries are null until they are first used. */
    private Window[] ring = {};

    private int first;
    private int size;

    /**
     * The slot of the window that was asked for last, which usually contains the next reading, too. Only a hint: {@link
     * #at} checks the bounds. The window may have been dropped, but then no reading that it contains is accepted any
     * more. An index and not a reference, so that setting it dirties no card.
     */
    private int recent;

    /**
     * Lower bounds of the clock at which the next window is emitted, and of the floor at which the next one is dropped.
     * Below them a reading looks only at its own window. Not part of the state; the minimum means unknown.
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

    /** Adds a window that begins later than all others. For decoders, which call it before anything was dropped. */
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

    /** Loads what {@link SeriesState#prefetch} needs of the windows. */
    long prefetch() {
        Window window = recent();
        return window == null ? 0 : window.startMicros ^ window.lastTimeMicros;
    }

    private Window recent() {
        return ring.length == 0 ? null : ring[recent];
    }

    /** Returns how many windows take heap at most: the open ones and those kept for reuse. */
    int held() {
        return ring.length;
    }

    long endMicros(Window window) {
        return window.startMicros + lengthMicros;
    }

    /** Returns the start of the window that contains the time. Windows are aligned to the epoch. */
    long startOf(long timeMicros) {
        return Math.floorDiv(timeMicros, lengthMicros) * lengthMicros;
    }

    /** Returns the window that contains the time and opens it if it is not open; null if it would start before {@link #notBeforeMicros}. */
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
        // Do not simplify: usually the window is already in its slot. Storing the same reference again would dirty a
        // card.
        if (i < size) {
            for (int later = size; later > i; later--) {
                ring[place(later)] = get(later - 1);
            }
            ring[place(i)] = opened;
        }
        size++;
    }

    /** Returns how many windows end at or before the time. They are the first ones. */
    int countThrough(long timeMicros) {
        int count = size;
        while (count > 0 && endMicros(get(count - 1)) > timeMicros) {
            count--;
        }
        return count;
    }

    /** Returns whether it is known that no window is emitted for the first time at that clock. */
    boolean quietAt(long clockMicros) {
        return clockMicros < quietBeforeClockMicros;
    }

    /** Records that every window which the clock has closed was emitted, and that no other one is due before that clock. */
    void quietBefore(long clockMicros) {
        quietBeforeClockMicros = clockMicros;
    }

    /** Drops the windows that end at or before the floor. */
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
        while (length > MIN_SLOTS && length > 4 * size) {
            length /= 2;
        }
        if (length < ring.length) {
            resize(length);
        }
    }
}
