package dev.weir.core.series;

/** Reads series of formats 1 to 3. They store every time in full and all totals of every window. */
final class EarlierSeriesFormats {
    /** The first format that stores {@link SeriesState#generation}. */
    private static final int WITH_GENERATION = 2;
    /** The first format that may store values as decimals ({@link AcceptedCodec}). */
    private static final int WITH_DECIMALS = 3;

    private static final int TOMBSTONE = 1;
    private static final int HAS_LAST = 2;

    private EarlierSeriesFormats() {}

    /**
     * Reads a series.
     *
     * @param version 1 to 3
     * @param in positioned after the version byte
     */
    static SeriesState read(int version, StateReader in) {
        SeriesState series = new SeriesState();
        int flags = in.readByte();
        series.tombstone = (flags & TOMBSTONE) != 0;
        series.hasLast = (flags & HAS_LAST) != 0;
        series.clockMicros = in.readLong();
        series.floorMicros = in.readLong();
        if (series.hasLast) {
            series.lastValue = in.readDouble();
            series.unchangedSinceMicros = in.readLong();
        }
        series.quotaParts = in.readLong();
        series.quotaPartsPerToken = in.readLong();
        series.quotaClockMicros = in.readLong();
        series.partialThroughMicros = in.readLong();
        series.partitionHash = (int) in.readLong();
        series.lastArrivalMillis = in.readLong();
        series.lastAcceptedMillis = in.readLong();
        series.timerMillis = in.readLong();
        AcceptedCodec.read(in, series.accepted, 0, version >= WITH_DECIMALS);
        series.lengths = readLengths(in);
        series.generation = version >= WITH_GENERATION ? Math.toIntExact(in.readLong()) : 0;
        return series;
    }

    private static OpenWindows[] readLengths(StateReader in) {
        OpenWindows[] lengths = new OpenWindows[Math.toIntExact(in.readLong())];
        for (int i = 0; i < lengths.length; i++) {
            OpenWindows windows = new OpenWindows(Math.toIntExact(in.readLong()), in.readLong());
            long count = in.readLong();
            for (long j = 0; j < count; j++) {
                windows.append(readWindow(in));
            }
            lengths[i] = windows;
        }
        return lengths;
    }

    private static Window readWindow(StateReader in) {
        Window window = new Window(in.readLong());
        window.count = in.readLong();
        window.flaggedCount = in.readLong();
        window.runningSum = in.readDouble();
        window.compensation = in.readDouble();
        window.runningMean = in.readDouble();
        window.squaredDeviations = in.readDouble();
        window.min = in.readDouble();
        window.max = in.readDouble();
        window.firstTimeMicros = in.readLong();
        window.lastTimeMicros = in.readLong();
        window.firstValue = in.readDouble();
        window.lastValue = in.readDouble();
        window.site = in.readText();
        window.unit = in.readText();
        window.emittedCount = in.readLong();
        return window;
    }
}
