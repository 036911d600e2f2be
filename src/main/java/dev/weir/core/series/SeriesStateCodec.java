package dev.weir.core.series;

import java.util.Objects;

/**
 * Converts a series to the bytes that the state backend stores, and back. Not thread-safe.
 *
 * <p><b>Idea.</b> A version byte and a byte of flags come first. Fields that equal their default are left out by a flag, and times are
 * stored as differences to the series clock or to each other, which take few bytes. The settled part of a long series ({@link Settling}) is
 * encoded on its own, so that the open part can be written again without it.
 *
 * <p><b>Invariant.</b> Decoding gives back every stored field unchanged, except that times and windows behind the floor are dropped. The
 * backend holds bytes and not objects, so a snapshot that is written in the background cannot see a series while it changes. The settled
 * bytes begin with the time that they reach to. They may reach further than the open part says, if a reading was accepted behind that time
 * later; decoding ignores everything after the time in the open part.
 *
 * <p><b>Compatibility.</b> Any change of the layout gets a new version byte. All earlier versions stay readable: {@link
 * EarlierSeriesFormats} reads 1 to 3, this class 4 and later.
 */
public final class SeriesStateCodec {
    public static final int VERSION = 7;

    /** The last format that {@link EarlierSeriesFormats} reads. */
    private static final int LAST_EARLIER = 3;

    private static final int TOMBSTONE = 1;
    private static final int HAS_LAST = 2;
    private static final int HAS_QUOTA = 4;
    private static final int HAS_PARTIAL = 8;
    /** The settled part is stored under a key of its own. No series of format 4 has it. */
    private static final int HAS_SETTLED = 16;

    /** The last format that does not store in the settled part the time that it reaches to. That time is then the one in the open part. */
    private static final int LAST_WITHOUT_STORED_THROUGH = 5;

    /** Flag of a window: its site and unit equal those of the window before. */
    private static final int SAME_LABELS = 1;

    private static final int ONE_READING = 2;

    /** Flag of a window: its {@link ExactTotals} follow its other totals. No window before format 7 has them. */
    private static final int EXACT = 4;

    private final StateWriter out = new StateWriter();

    /** Encodes the series without its settled part. {@link SeriesState#settle} must be called before. */
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

    /** Encodes the settled part of the series; null if nothing is settled. */
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

    /** Returns whether decoding these bytes of {@link #encode} needs those of {@link #encodeSettled}. */
    public static boolean hasSettled(byte[] bytes) {
        return bytes[0] > LAST_EARLIER && (bytes[1] & HAS_SETTLED) != 0;
    }

    /**
     * Decodes a series of any format up to {@link #VERSION}.
     *
     * @param settled bytes of {@link #encodeSettled}; ignored, and may be null, if {@link #hasSettled} is false
     * @throws IllegalStateException for a format that a later release wrote
     */
    public SeriesState decode(byte[] bytes, byte[] settled) {
        StateReader in = new StateReader(bytes);
        int version = in.readByte();
        if (version < 1 || version > VERSION) {
            throw new IllegalStateException("series state of format " + version + " was written by a later release; "
                    + "this release reads formats up to " + VERSION + ". Start the later release from this state");
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
        StateReader settledIn = (flags & HAS_SETTLED) == 0 ? null : new StateReader(settled);
        long storedThrough = SeriesState.NONE;
        if (settledIn != null) {
            series.storedApart = true;
            series.settledThroughMicros = clock - in.readLong();
            storedThrough = series.settledThroughMicros;
            if (version > LAST_WITHOUT_STORED_THROUGH) {
                series.openStored = Math.toIntExact(in.readLong());
                storedThrough = settledIn.readLong();
            }
            AcceptedCodec.read(settledIn, series.accepted, storedThrough, true);
            series.accepted.dropAfter(series.settledThroughMicros);
        }
        AcceptedCodec.read(in, series.accepted, clock, true);
        series.lengths = new OpenWindows[Math.toIntExact(in.readLong())];
        for (int i = 0; i < series.lengths.length; i++) {
            OpenWindows windows = new OpenWindows(Math.toIntExact(in.readLong()), in.readLong() + SeriesState.NONE);
            if (settledIn != null) {
                readWindows(settledIn, windows, storedThrough, series.settledThroughMicros);
            }
            readWindows(in, windows, clock, Long.MAX_VALUE);
            windows.dropUntil(series.floorMicros);
            series.lengths[i] = windows;
        }
        if (version <= LAST_WITHOUT_STORED_THROUGH) {
            series.settledThroughMicros = SeriesState.NONE; // both parts are then written again, in the current format
        }
        return series;
    }

    /**
     * Writes the windows of a range.
     *
     * @param from index of the first window
     * @param to index after the last window
     * @param base time to which their starts are written as differences, epoch microseconds
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

    /** Reads windows and appends those that end at or before {@code through}, epoch microseconds. */
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
            // The last reading of the window, which is the only one if the flag says so.
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
