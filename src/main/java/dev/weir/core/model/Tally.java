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

    /** What was counted so far, in a tally of its own; this one counts from zero again. */
    public Tally take() {
        Tally taken = new Tally();
        long[] zeros = taken.counts;
        taken.counts = counts;
        counts = zeros;
        return taken;
    }
}
