package dev.weir.core.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The counts of one operator between two barriers, one for each {@link Counter}. It also holds the {@link Extra} counts and one example of
 * each reason. The books do not keep these two; the summary of a run shows them. The counts of single files are in it only on their way to
 * the books. Not thread-safe.
 */
public final class Tally {
    /** Counts that the books do not keep. */
    public enum Extra {
        /** Readings that came by another partition than the reading before them in their series. */
        PARTITION_SWITCHES,
        /** Aggregates that were emitted: first results, corrections and flushes. */
        ROWS,
        /** Dead letters that were emitted, counted before long ones are split. */
        DEAD_LETTERS,
        /** Rows of the files that were read or rejected. */
        FILE_ROWS,
        /** Sizes of these files as they are stored, in bytes. */
        FILE_BYTES
    }

    private static final Flag[] FLAGS = Flag.values();

    private long[] counts = new long[Counter.values().size()];
    private long[] extras = new long[Extra.values().length];
    private Map<Reason, String> examples = new EnumMap<>(Reason.class);
    private List<FileCount> files = new ArrayList<>();

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

    /** Returns whether the reason has no example yet. Callers ask before they make the text. */
    public boolean lacksExample(Reason reason) {
        return !examples.containsKey(reason);
    }

    /** Keeps the text as the example of the reason, unless it has one. */
    public void example(Reason reason, String text) {
        examples.putIfAbsent(reason, text);
    }

    public Map<Reason, String> examples() {
        return Collections.unmodifiableMap(examples);
    }

    /** Adds what was counted for one file. */
    public void file(FileCount count) {
        files.add(count);
    }

    /** Returns the counts of single files, those of one partition in the order in which they came. */
    public List<FileCount> files() {
        return Collections.unmodifiableList(files);
    }

    /**
     * Counts one accepted reading.
     *
     * @param quality bits of {@link Flag}
     */
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

    /** Adds all but the counts of single files, of which there is no end. */
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
        return files.isEmpty();
    }

    /**
     * Returns by how much the totals of one barrier do not add up; 0 unless Weir has a fault. Events are either decoded or rejected,
     * readings either accepted or rejected, each rejection has one reason, and each announced file one outcome.
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
                + Math.abs(rejected - reasons)
                + Math.abs(get(Counter.FILES_ANNOUNCED)
                        - get(Counter.FILES_READ)
                        - get(Counter.FILES_REPEATED)
                        - get(Counter.FILES_REJECTED)
                        - get(Counter.FILES_IGNORED));
    }

    /** Moves the counts to a new tally and returns it. This tally starts again from zero. */
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
        List<FileCount> noFiles = taken.files;
        taken.files = files;
        files = noFiles;
        return taken;
    }
}
