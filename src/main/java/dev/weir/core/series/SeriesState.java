package dev.weir.core.series;

import dev.weir.core.model.Origin;
import dev.weir.core.model.SeriesKey;
import dev.weir.core.series.SeriesRules.MetricRules;

/**
 * The state of one series. Created by its first accepted reading or by {@link SeriesStateCodec}, and changed only by
 * {@link SeriesMachine}. Event times are epoch microseconds UTC by the sensor's clock, processing times are epoch
 * milliseconds.
 */
public final class SeriesState {
    static final long NONE = Long.MIN_VALUE;
    /** Stands for "no timer is set" where a timer's time is expected. */
    public static final long NO_TIMER = NONE;

    /** Fields, key and entries in the host's cache: 397 bytes by the classes' layout, for a sensor id of nine letters. */
    private static final long FIXED_BYTES = 400;

    /** One window length without its windows. */
    private static final long LENGTH_BYTES = 96;

    private static final long WINDOW_BYTES = 144;

    /** The series clock: the greatest event time accepted. */
    long clockMicros = NONE;
    /** The greatest value that clock - lateness ever had. Readings before it are late. It never falls. */
    long floorMicros = NONE;
    /** Whether {@link #lastValue} holds the value at the clock, for SPIKE and STUCK. False in a tombstone. */
    boolean hasLast;

    double lastValue;
    /** The event time since which the value has not changed. */
    long unchangedSinceMicros = NONE;

    long quotaParts = TokenBucket.FULL;
    long quotaPartsPerToken = 1;
    long quotaClockMicros = NONE;

    final AcceptedTimes accepted = new AcceptedTimes();
    /** Open windows, one entry for each window length, in the order of the configuration that last wrote the series. */
    OpenWindows[] lengths = {};

    /**
     * Windows that start at or before this time may have missed readings (docs/rules.md, "Complete and partial rows").
     * NONE if there is none.
     */
    long partialThroughMicros = NONE;

    /** The end of the settled part, inclusive ({@link Settling}). NONE if nothing is settled. */
    long settledThroughMicros = NONE;
    /** Whether the store holds a settled part of this series, even an outdated one. */
    boolean storedApart;
    /** Readings accepted since the series was last written to the store or read from it. */
    int addedSinceStored;
    /** Readings written in the open part, summed over all writes since the series was settled, plus the head start ({@link Settling}). */
    int openStored;

    /** The newest generation that has changed the series; 0 if it was read from a format without generations. */
    int generation;

    boolean tombstone;
    /** The machine that looked up {@link #rules}; not part of the state. */
    SeriesMachine machine;

    MetricRules rules;

    /** Whether the series may take more or less heap than {@link #heapBytes} last said; not part of the state. */
    boolean resized = true;
    /** Hash of topic and partition of the last arrival. A change is counted in a metric. */
    int partitionHash;

    /** Processing time at which a reading last arrived, whatever its verdict. */
    long lastArrivalMillis;
    /** Processing time at which a reading was last accepted. */
    long lastAcceptedMillis;
    /** When the host's one timer for this series is due, or {@link #NO_TIMER}. */
    long timerMillis = NO_TIMER;

    /**
     * Prefetches into the processor's cache what judging a reading of this series loads. Loads within a series depend on each other; across
     * series they overlap, so the host calls this for all series of a batch first.
     *
     * @return a meaningless number, which keeps the JIT from removing the loads
     */
    public long prefetch() {
        return clockMicros ^ accepted.prefetch() ^ (lengths.length == 0 ? 0 : lengths[0].prefetch());
    }

    /** Returns whether {@link #heapBytes} may have changed since this was last called. True at the first call. */
    public boolean takeResized() {
        boolean was = resized;
        resized = false;
        return was;
    }

    /** Estimates the heap that the series takes. */
    public long heapBytes() {
        long bytes = FIXED_BYTES + accepted.heapBytes();
        for (OpenWindows windows : lengths) {
            bytes += LENGTH_BYTES + WINDOW_BYTES * windows.held();
        }
        return bytes;
    }

    /** Records that a reading was accepted. */
    void added(long timeMicros) {
        addedSinceStored++;
        if (timeMicros <= settledThroughMicros) {
            settledThroughMicros = timeMicros - 1;
        }
    }

    /**
     * Chooses the settled part of the series. Must be called before each write to the store.
     *
     * @return whether {@link SeriesStateCodec#encodeSettled} must be written, too
     */
    public boolean settle(SeriesKey key) {
        return Settling.settle(this, key);
    }

    /**
     * Clamps the arrival times to this attempt. Must be called once whenever the series is read from the store. Times
     * before the attempt become its start, so that a job that was down does not take its own downtime for silence of
     * its sensors. Times ahead of now come from a wall clock that has stepped back; they become now. If the clock steps
     * back later, silence is negative for a while, which makes nothing due.
     *
     * @param attemptStartMillis processing time at which this attempt began
     * @param nowMillis processing time
     */
    public void clampTimes(long attemptStartMillis, long nowMillis) {
        lastArrivalMillis = Math.min(Math.max(lastArrivalMillis, attemptStartMillis), nowMillis);
        lastAcceptedMillis = Math.min(Math.max(lastAcceptedMillis, attemptStartMillis), nowMillis);
    }

    /** Returns whether the series was shrunk to a tombstone after a long silence. */
    public boolean isTombstone() {
        return tombstone;
    }

    /** Remembers the partition of a reading and returns whether the reading before came from another one. */
    public boolean switchesPartition(Origin origin) {
        int hash = 31 * origin.topic().hashCode() + 2 * origin.partition() | 1; // odd: never 0, which stands for none
        boolean switched = partitionHash != 0 && partitionHash != hash;
        partitionHash = hash;
        return switched;
    }

    /** Returns the processing time at which the host's one timer for this series is due; {@link #NO_TIMER} if none is set. */
    public long timerMillis() {
        return timerMillis;
    }

    public void timerMillis(long dueMillis) {
        timerMillis = dueMillis;
    }
}
