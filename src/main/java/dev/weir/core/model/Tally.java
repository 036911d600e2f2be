package dev.weir.core.model;

/** How often each {@link Counter} went up since somebody last asked: what an operator counts between two barriers. Not thread-safe. */
public final class Tally {
    private long[] counts = new long[Counter.values().length];

    public void add(Counter counter) {
        counts[counter.ordinal()]++;
    }

    public void add(Counter counter, long times) {
        counts[counter.ordinal()] += times;
    }

    /** One reading was accepted. @param quality bits of {@link Quality} */
    public void accepted(int quality) {
        add(Counter.READINGS_ACCEPTED);
        if (quality == 0) {
            return;
        }
        add(Counter.READINGS_FLAGGED);
        flagged(quality, Quality.OUT_OF_RANGE, Counter.FLAGGED_OUT_OF_RANGE);
        flagged(quality, Quality.SPIKE, Counter.FLAGGED_SPIKE);
        flagged(quality, Quality.STUCK, Counter.FLAGGED_STUCK);
    }

    private void flagged(int quality, int bit, Counter counter) {
        if ((quality & bit) != 0) {
            add(counter);
        }
    }

    public long get(Counter counter) {
        return counts[counter.ordinal()];
    }

    public void add(Tally other) {
        for (int i = 0; i < counts.length; i++) {
            counts[i] += other.counts[i];
        }
    }

    public boolean isEmpty() {
        for (long count : counts) {
            if (count != 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * How many events and readings do not add up, of totals at one barrier: 0, or there is a mistake in Weir. Events are decoded or
     * rejected; readings accepted or rejected; each rejection has one reason.
     */
    public long unaccounted() {
        long reasons = 0;
        for (Reason reason : Reason.values()) {
            reasons += get(Counter.rejected(reason));
        }
        long rejected = get(Counter.EVENTS_REJECTED) + get(Counter.READINGS_REJECTED);
        return Math.abs(get(Counter.EVENTS_READ) - get(Counter.EVENTS_DECODED) - get(Counter.EVENTS_REJECTED))
                + Math.abs(
                        get(Counter.READINGS_DECODED) - get(Counter.READINGS_ACCEPTED) - get(Counter.READINGS_REJECTED))
                + Math.abs(rejected - reasons);
    }

    /** What was counted so far, in a tally of its own; this one counts from zero again. */
    public Tally take() {
        Tally taken = new Tally();
        long[] zeros = taken.counts;
        taken.counts = counts;
        counts = zeros;
        return taken;
    }
}
