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
