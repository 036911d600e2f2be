package dev.weir.core.series;

import dev.weir.core.model.Origin;
import dev.weir.core.model.SeriesKey;
import dev.weir.core.series.SeriesRules.MetricRules;

/**
 * Everything that one series remembers. Made by its first accepted reading or by {@link SeriesStateCodec}; changed only by
 * {@link SeriesMachine}. Event times are epoch microseconds UTC by the sensor's clock, processing times epoch milliseconds.
 */
public final class SeriesState {
    static final long NONE = Long.MIN_VALUE;
    /** In place of the time at which the host's timer is due. */
    public static final long NO_TIMER = NONE;

    /** Fields, key, places in the host's cache: 397 by the classes' layout, with a sensor of nine letters. */
    private static final long FIXED_BYTES = 400;

    /** Of one length, beside its windows. */
    private static final long LENGTH_BYTES = 96;

    private static final long WINDOW_BYTES = 144;

    /** Greatest event time accepted. */
    long clockMicros = NONE;
    /** Greatest clock - lateness that there ever was: nothing earlier is accepted. */
    long floorMicros = NONE;
    /** Whether the reading at the clock is remembered for SPIKE and STUCK; a tombstone forgot it. */
    boolean hasLast;

    double lastValue;
    /** Since when the value has not changed, by the series' clock. */
    long unchangedSinceMicros = NONE;

    long quotaParts = TokenBucket.FULL;
    long quotaPartsPerToken = 1;
    long quotaClockMicros = NONE;

    final AcceptedTimes accepted = new AcceptedTimes();
    /** By window length, in the order of the configuration that last wrote it. */
    OpenWindows[] lengths = {};

    /** Windows that start at or before it may have missed readings (docs/rules.md, "Complete and partial rows"); NONE for no such window. */
    long partialThroughMicros = NONE;

    /** What the series holds through that time is stored apart ({@link Settling}), maybe with more; NONE where nothing is. */
    long settledThroughMicros = NONE;
    /** Whether the store has a settled part, maybe one that holds no more. */
    boolean storedApart;
    /** Readings accepted since the series was stored, or read from the store. */
    int addedSinceStored;
    /** How many readings were stored with the rest, one more than once, since the series was settled; with a head start ({@link Settling}). */
    int openStored;

    /** The newest generation that has touched the series; 0 where the bytes are of a format that did not say. */
    int generation;

    boolean tombstone;
    /** The machine that looked up {@link #rules}; not part of the state. */
    SeriesMachine machine;

    MetricRules rules;

    /** Whether room was made for more readings or windows; not part of the state. */
    boolean resized = true;
    /** Topic and partition of the last arrival, hashed: a change shows in a metric. */
    int partitionHash;

    /** When a reading last arrived, whatever its verdict. */
    long lastArrivalMillis;
    /** When a reading was last accepted. */
    long lastAcceptedMillis;
    /** When the host's one timer for this series is due, or {@link #NO_TIMER}. */
    long timerMillis = NO_TIMER;

    /**
     * Reads a little of all that judging a reading will read, and means nothing. Asked of several series one after the other it makes the
     * processor fetch them from memory at the same time, where judging would wait for each.
     */
    public long touch() {
        return clockMicros ^ accepted.touch() ^ (lengths.length == 0 ? 0 : lengths[0].touch());
    }

    /** Whether {@link #heapBytes} may be another than when this was asked last; at first it may. */
    public boolean takeResized() {
        boolean was = resized;
        resized = false;
        return was;
    }

    /** About what the series takes on the heap. */
    public long heapBytes() {
        long bytes = FIXED_BYTES + accepted.heapBytes();
        for (OpenWindows windows : lengths) {
            bytes += LENGTH_BYTES + WINDOW_BYTES * windows.held();
        }
        return bytes;
    }

    /** A reading was accepted. */
    void added(long timeMicros) {
        addedSinceStored++;
        if (timeMicros <= settledThroughMicros) {
            settledThroughMicros = timeMicros - 1;
        }
    }

    /**
     * To be called before the series is stored.
     *
     * @return whether {@link SeriesStateCodec#encodeSettled} has to be stored again, too
     */
    public boolean settle(SeriesKey key) {
        return Settling.settle(this, key);
    }

    /**
     * Makes the times of silence those of this attempt; to be called once for each time that the series is read from the store. Nothing arrived
     * before the attempt began, as far as it can know, so a job that was down does not take its own silence for that of its sensors. A time
     * ahead of now is from a wall clock that has stepped back since, in this attempt or before it; it counts as now. Later steps change
     * nothing: silence is then negative for a while, which makes nothing due.
     *
     * @param attemptStartMillis processing time at which this attempt began
     * @param nowMillis processing time
     */
    public void clampTimes(long attemptStartMillis, long nowMillis) {
        lastArrivalMillis = Math.min(Math.max(lastArrivalMillis, attemptStartMillis), nowMillis);
        lastAcceptedMillis = Math.min(Math.max(lastAcceptedMillis, attemptStartMillis), nowMillis);
    }

    /** Whether silence has shrunk the series. */
    public boolean isTombstone() {
        return tombstone;
    }

    /** The reading's partition is remembered: returns whether an earlier one came from another. */
    public boolean switchesPartition(Origin origin) {
        int hash = 31 * origin.topic().hashCode() + 2 * origin.partition() | 1; // odd: never 0, which stands for none
        boolean switched = partitionHash != 0 && partitionHash != hash;
        partitionHash = hash;
        return switched;
    }

    /** Processing time at which the host's timer is due; {@link #NO_TIMER} for none. */
    public long timerMillis() {
        return timerMillis;
    }

    public void timerMillis(long dueMillis) {
        timerMillis = dueMillis;
    }
}
