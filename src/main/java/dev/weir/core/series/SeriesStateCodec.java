package dev.weir.core.series;

import java.util.Objects;

/**
 * The stored form of a series: one version byte, then the fields in which it differs from a new one, times as differences to each other,
 * which are few bytes. Bytes rather than an object are what the state backend holds, so that a snapshot taken in the background can never
 * see a series half changed. Not thread-safe.
 *
 * <p>What is settled of a long series ({@link Settling}) is bytes of their own, so that the rest can be stored again without them.
 *
 * <p>A new format gets a new version byte; every old one stays readable.
 */
public final class SeriesStateCodec {
    public static final int VERSION = 7;

    /** The last that {@link EarlierSeriesFormats} reads. */
    private static final int LAST_EARLIER = 3;

    private static final int TOMBSTONE = 1;
    private static final int HAS_LAST = 2;
    private static final int HAS_QUOTA = 4;
    private static final int HAS_PARTIAL = 8;
    /** What is settled is stored apart; no series of format 4 has it. */
    private static final int HAS_SETTLED = 16;

    /** The last in which what is stored apart went through the moment that the rest says, and no further. */
    private static final int LAST_WITHOUT_OWN_THROUGH = 5;

    /** Of a window: its site and unit are those of the window before. */
    private static final int SAME_LABELS = 1;

    private static final int ONE_READING = 2;

    /** Of a window: it has {@link ExactTotals} behind its other totals; no window before format 7 has. */
    private static final int EXACT = 4;

    private final StateWriter out = new StateWriter();

    /** All of the series but what is settled. {@link SeriesState#settle} is to be asked before. */
    public byte[] encode(SeriesState series) {
        long clock = series.clockMicros;
        int flags = flags(series);
        out.truncate(0);
        out.writeByte(VERSION);
        out.writeByte(flags);
        out.writeLong(clock);
        out.writeLong(clock - series.floorMicros);
        if ((flags & HAS_LAST) != 0) {
            out.writeDouble(series.lastValue);
            out.writeLong(clock - series.unchangedSinceMicros);
        }
        if ((flags & HAS_QUOTA) != 0) {
            out.writeLong(series.quotaParts);
            out.writeLong(series.quotaPartsPerToken);
            out.writeLong(clock - series.quotaClockMicros);
        }
        if ((flags & HAS_PARTIAL) != 0) {
            out.writeLong(clock - series.partialThroughMicros);
        }
        out.writeLong(series.partitionHash);
        out.writeLong(series.lastArrivalMillis);
        out.writeLong(series.lastArrivalMillis - series.lastAcceptedMillis);
        out.writeLong(series.timerMillis - series.lastArrivalMillis);
        out.writeLong(series.generation);
        if ((flags & HAS_SETTLED) != 0) {
            out.writeLong(clock - series.settledThroughMicros);
            out.writeLong(series.openStored);
        }
        series.accepted.dropBefore(series.floorMicros);
        int settled = series.accepted.countThrough(series.settledThroughMicros);
        AcceptedCodec.write(series.accepted, settled, series.accepted.size(), clock, out);
        out.writeLong(series.lengths.length);
        for (OpenWindows windows : series.lengths) {
            out.writeLong(windows.seconds);
            out.writeLong(windows.notBeforeMicros - SeriesState.NONE);
            writeWindows(windows, windows.countThrough(series.settledThroughMicros), windows.size(), clock);
        }
        return out.toBytes();
    }

    /** What is settled of the series; null where nothing is. */
    public byte[] encodeSettled(SeriesState series) {
        long through = series.settledThroughMicros;
        if (through == SeriesState.NONE) {
            return null;
        }
        out.truncate(0);
        out.writeLong(through);
        AcceptedCodec.write(series.accepted, 0, series.accepted.countThrough(through), through, out);
        for (OpenWindows windows : series.lengths) {
            writeWindows(windows, 0, windows.countThrough(through), through);
        }
        return out.toBytes();
    }

    private static int flags(SeriesState series) {
        boolean hasQuota = series.quotaClockMicros != SeriesState.NONE
                || series.quotaParts != TokenBucket.FULL
                || series.quotaPartsPerToken != 1;
        return (series.tombstone ? TOMBSTONE : 0)
                | (series.hasLast ? HAS_LAST : 0)
                | (hasQuota ? HAS_QUOTA : 0)
                | (series.partialThroughMicros != SeriesState.NONE ? HAS_PARTIAL : 0)
                | (series.settledThroughMicros != SeriesState.NONE ? HAS_SETTLED : 0);
    }

    /** Whether these bytes, of {@link #encode}, need those of {@link #encodeSettled}. */
    public static boolean hasSettled(byte[] bytes) {
        return bytes[0] > LAST_EARLIER && (bytes[1] & HAS_SETTLED) != 0;
    }

    /**
     * @param settled of {@link #encodeSettled}; null where {@link #hasSettled} says that there are none
     * @throws IllegalStateException for a format that a later release wrote
     */
    public SeriesState decode(byte[] bytes, byte[] settled) {
        StateReader in = new StateReader(bytes);
        int version = in.readByte();
        if (version < 1 || version > VERSION) {
            throw new IllegalStateException("series state of format " + version + " was written by a later release; "
                    + "this one reads up to format " + VERSION + ": start that release from this state");
        }
        return version <= LAST_EARLIER ? EarlierSeriesFormats.read(version, in) : read(version, in, settled);
    }

    private static SeriesState read(int version, StateReader in, byte[] settled) {
        SeriesState series = new SeriesState();
        int flags = in.readByte();
        series.tombstone = (flags & TOMBSTONE) != 0;
        series.hasLast = (flags & HAS_LAST) != 0;
        long clock = in.readLong();
        series.clockMicros = clock;
        series.floorMicros = clock - in.readLong();
        if (series.hasLast) {
            series.lastValue = in.readDouble();
            series.unchangedSinceMicros = clock - in.readLong();
        }
        if ((flags & HAS_QUOTA) != 0) {
            series.quotaParts = in.readLong();
            series.quotaPartsPerToken = in.readLong();
            series.quotaClockMicros = clock - in.readLong();
        }
        if ((flags & HAS_PARTIAL) != 0) {
            series.partialThroughMicros = clock - in.readLong();
        }
        series.partitionHash = (int) in.readLong();
        series.lastArrivalMillis = in.readLong();
        series.lastAcceptedMillis = series.lastArrivalMillis - in.readLong();
        series.timerMillis = series.lastArrivalMillis + in.readLong();
        series.generation = Math.toIntExact(in.readLong());
        StateReader apart = (flags & HAS_SETTLED) == 0 ? null : new StateReader(settled);
        long apartThrough = SeriesState.NONE;
        if (apart != null) {
            series.storedApart = true;
            series.settledThroughMicros = clock - in.readLong();
            apartThrough = series.settledThroughMicros;
            if (version > LAST_WITHOUT_OWN_THROUGH) {
                series.openStored = Math.toIntExact(in.readLong());
                apartThrough = apart.readLong();
            }
            AcceptedCodec.read(apart, series.accepted, apartThrough, true);
            series.accepted.dropAfter(series.settledThroughMicros);
        }
        AcceptedCodec.read(in, series.accepted, clock, true);
        series.lengths = new OpenWindows[Math.toIntExact(in.readLong())];
        for (int i = 0; i < series.lengths.length; i++) {
            OpenWindows windows = new OpenWindows(Math.toIntExact(in.readLong()), in.readLong() + SeriesState.NONE);
            if (apart != null) {
                readWindows(apart, windows, apartThrough, series.settledThroughMicros);
            }
            readWindows(in, windows, clock, Long.MAX_VALUE);
            windows.dropUntil(series.floorMicros);
            series.lengths[i] = windows;
        }
        if (version <= LAST_WITHOUT_OWN_THROUGH) {
            series.settledThroughMicros = SeriesState.NONE; // so both parts are stored again, in the present format
        }
        return series;
    }

    /**
     * @param from index of the first that is written
     * @param to index after the last
     * @param base their starts are written as differences to it
     */
    private void writeWindows(OpenWindows windows, int from, int to, long base) {
        out.writeLong(to - from);
        Window before = null;
        for (int i = from; i < to; i++) {
            Window window = windows.get(i);
            boolean sameLabels = hasLabelsOf(window, before);
            boolean oneReading = window.count == 1;
            boolean exact = !oneReading && window.exact != null;
            out.writeByte((sameLabels ? SAME_LABELS : 0) | (oneReading ? ONE_READING : 0) | (exact ? EXACT : 0));
            out.writeLong(base - window.startMicros);
            out.writeLong(window.flaggedCount);
            out.writeLong(window.emittedCount);
            if (!sameLabels) {
                out.writeText(window.site);
                out.writeText(window.unit);
            }
            out.writeLong(window.lastTimeMicros - window.startMicros);
            out.writeDouble(window.lastValue);
            if (!oneReading) {
                writeTotals(window);
            }
            if (exact) {
                window.exact.write(out);
            }
            before = window;
        }
    }

    private static boolean hasLabelsOf(Window window, Window before) {
        return before != null && Objects.equals(window.site, before.site) && Objects.equals(window.unit, before.unit);
    }

    /** Those that end later than through a time are read, and left out. */
    private static void readWindows(StateReader in, OpenWindows windows, long base, long through) {
        long size = in.readLong();
        String site = null;
        String unit = null;
        for (long i = 0; i < size; i++) {
            int flags = in.readByte();
            Window window = new Window(base - in.readLong());
            long flagged = in.readLong();
            window.emittedCount = in.readLong();
            if ((flags & SAME_LABELS) == 0) {
                site = in.readText();
                unit = in.readText();
            }
            // The last reading: of a window that has only one, all there is.
            window.add(window.startMicros + in.readLong(), in.readDouble(), flagged > 0, site, unit);
            if ((flags & ONE_READING) == 0) {
                window.flaggedCount = flagged;
                readTotals(window, in);
                window.exact = (flags & EXACT) == 0 ? null : ExactTotals.read(in);
            }
            if (windows.endMicros(window) <= through) {
                windows.append(window);
            }
        }
    }

    private void writeTotals(Window window) {
        out.writeLong(window.count);
        out.writeLong(window.firstTimeMicros - window.startMicros);
        out.writeDouble(window.firstValue);
        out.writeDouble(window.runningSum);
        out.writeDouble(window.compensation);
        out.writeDouble(window.runningMean);
        out.writeDouble(window.squaredDeviations);
        out.writeDouble(window.min);
        out.writeDouble(window.max);
    }

    private static void readTotals(Window window, StateReader in) {
        window.count = in.readLong();
        window.firstTimeMicros = window.startMicros + in.readLong();
        window.firstValue = in.readDouble();
        window.runningSum = in.readDouble();
        window.compensation = in.readDouble();
        window.runningMean = in.readDouble();
        window.squaredDeviations = in.readDouble();
        window.min = in.readDouble();
        window.max = in.readDouble();
    }
}
