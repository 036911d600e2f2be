package dev.weir.core.series;

/**
 * The stored form of a series: one version byte, then the fields of {@link SeriesState} in order. Bytes rather than an object are what
 * the state backend holds, so that a snapshot taken in the background can never see a series half changed. Not thread-safe.
 *
 * <p>A new format gets a new version byte; every old one stays readable.
 */
public final class SeriesStateCodec {
    public static final int VERSION = 3;

    /** The first with {@link SeriesState#generation}. */
    private static final int WITH_GENERATION = 2;
    /** The first with values as decimals. */
    private static final int WITH_DECIMALS = 3;

    private static final int TOMBSTONE = 1;
    private static final int HAS_LAST = 2;

    private final StateWriter out = new StateWriter();

    public byte[] encode(SeriesState series) {
        out.reset();
        out.writeByte(VERSION);
        out.writeByte((series.tombstone ? TOMBSTONE : 0) | (series.hasLast ? HAS_LAST : 0));
        out.writeLong(series.clockMicros);
        out.writeLong(series.floorMicros);
        if (series.hasLast) {
            out.writeDouble(series.lastValue);
            out.writeLong(series.runStartMicros);
        }
        out.writeLong(series.quotaParts);
        out.writeLong(series.quotaPartsPerToken);
        out.writeLong(series.quotaClockMicros);
        out.writeLong(series.partialThroughMicros);
        out.writeLong(series.partitionHash);
        out.writeLong(series.lastArrivalMillis);
        out.writeLong(series.lastAcceptedMillis);
        out.writeLong(series.timerMillis);
        series.accepted.dropBefore(series.floorMicros);
        AcceptedCodec.write(series.accepted, out);
        writeLengths(series.lengths);
        out.writeLong(series.generation);
        return out.toBytes();
    }

    /** @throws IllegalStateException for a format that a later release wrote */
    public SeriesState decode(byte[] bytes) {
        StateReader in = new StateReader(bytes);
        int version = in.readByte();
        if (version < 1 || version > VERSION) {
            throw new IllegalStateException("series state of format " + version + " was written by a later release; "
                    + "this one reads up to format " + VERSION + ": start that release from this state");
        }
        SeriesState series = new SeriesState();
        int flags = in.readByte();
        series.tombstone = (flags & TOMBSTONE) != 0;
        series.hasLast = (flags & HAS_LAST) != 0;
        series.clockMicros = in.readLong();
        series.floorMicros = in.readLong();
        if (series.hasLast) {
            series.lastValue = in.readDouble();
            series.runStartMicros = in.readLong();
        }
        series.quotaParts = in.readLong();
        series.quotaPartsPerToken = in.readLong();
        series.quotaClockMicros = in.readLong();
        series.partialThroughMicros = in.readLong();
        series.partitionHash = (int) in.readLong();
        series.lastArrivalMillis = in.readLong();
        series.lastAcceptedMillis = in.readLong();
        series.timerMillis = in.readLong();
        AcceptedCodec.read(in, series.accepted, version >= WITH_DECIMALS);
        series.lengths = readLengths(in);
        series.generation = version >= WITH_GENERATION ? Math.toIntExact(in.readLong()) : 0;
        return series;
    }

    private void writeLengths(OpenWindows[] lengths) {
        out.writeLong(lengths.length);
        for (OpenWindows windows : lengths) {
            out.writeLong(windows.seconds);
            out.writeLong(windows.notBeforeMicros);
            out.writeLong(windows.all().size());
            windows.all().forEach(this::writeWindow);
        }
    }

    private static OpenWindows[] readLengths(StateReader in) {
        OpenWindows[] lengths = new OpenWindows[Math.toIntExact(in.readLong())];
        for (int i = 0; i < lengths.length; i++) {
            OpenWindows windows = new OpenWindows(Math.toIntExact(in.readLong()), in.readLong());
            long count = in.readLong();
            for (long j = 0; j < count; j++) {
                windows.all().add(readWindow(in));
            }
            lengths[i] = windows;
        }
        return lengths;
    }

    private void writeWindow(Window window) {
        out.writeLong(window.startMicros);
        out.writeLong(window.count);
        out.writeLong(window.flaggedCount);
        out.writeDouble(window.runningSum);
        out.writeDouble(window.compensation);
        out.writeDouble(window.runningMean);
        out.writeDouble(window.squaredDeviations);
        out.writeDouble(window.min);
        out.writeDouble(window.max);
        out.writeLong(window.firstTimeMicros);
        out.writeLong(window.lastTimeMicros);
        out.writeDouble(window.firstValue);
        out.writeDouble(window.lastValue);
        out.writeText(window.site);
        out.writeText(window.unit);
        out.writeLong(window.emittedCount);
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
