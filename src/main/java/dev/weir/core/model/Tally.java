package dev.weir.core.model;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * How often each {@link Counter} went up since somebody last asked: what an operator counts between two barriers. With it go
 * the {@link Extra} counts and an example of each reason, which the books do not keep: a run's summary shows them. Not
 * thread-safe.
 */
public final class Tally {
    /** What is counted beside the books. */
    public enum Extra {
        /** Readings that came by another partition than the one before in their series. */
        PARTITION_SWITCHES,
        /** Aggregates that were emitted: first results, corrections and flushes. */
        ROWS,
        /** Dead letters that were emitted, before long ones are split. */
        DEAD_LETTERS
    }

    private static final Flag[] FLAGS = Flag.values();

    private long[] counts = new long[Counter.values().size()];
    private long[] extras = new long[Extra.values().length];
    private Map<Reason, String> examples = new EnumMap<>(Reason.class);

    public void add(Counter counter) {
        counts[counter.index]++;
    }

    public void add(Counter counter, long times) {
        counts[counter.index] += times;
    }

    public void add(Extra extra, long times) {
        extras[extra.ordinal()] += times;
    }

    public long get(Extra extra) {
        return extras[extra.ordinal()];
    }

    /** Whether the next reject of that reason may serve as its example. Asked before the text is made. */
    public boolean lacksExample(Reason reason) {
        return !examples.containsKey(reason);
    }

    /** The first example of a reason stays. */
    public void example(Reason reason, String text) {
        examples.putIfAbsent(reason, text);
    }

    public Map<Reason, String> examples() {
        return Collections.unmodifiableMap(examples);
    }

    /** Counts one accepted reading. @param quality bits of {@link Flag} */
    public void accepted(int quality) {
        add(Counter.READINGS_ACCEPTED);
        if (quality == 0) {
            return;
        }
        add(Counter.READINGS_FLAGGED);
        for (Flag flag : FLAGS) {
            if (flag.isIn(quality)) {
                add(Counter.flagged(flag));
            }
        }
    }

    public long get(Counter counter) {
        return counts[counter.index];
    }

    public void add(Tally other) {
        for (int i = 0; i < counts.length; i++) {
            counts[i] += other.counts[i];
        }
        for (int i = 0; i < extras.length; i++) {
            extras[i] += other.extras[i];
        }
        other.examples.forEach(this::example);
    }

    public boolean isEmpty() {
        for (long count : counts) {
            if (count != 0) {
                return false;
            }
        }
        for (long extra : extras) {
            if (extra != 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * How many events and readings do not add up, of totals at one barrier: 0, or there is a mistake in Weir. Events are
     * decoded or rejected; readings accepted or rejected; each rejection has one reason.
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
        long[] noExtras = taken.extras;
        taken.extras = extras;
        extras = noExtras;
        Map<Reason, String> noExamples = taken.examples;
        taken.examples = examples;
        examples = noExamples;
        return taken;
    }
}
