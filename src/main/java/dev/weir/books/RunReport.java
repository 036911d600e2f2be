package dev.weir.books;

import dev.weir.core.model.Counter;
import dev.weir.core.model.Reason;
import dev.weir.core.model.Tally;
import java.io.Serializable;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/**
 * Holds what one run has done so far: from its start, whatever state it started from, over all its restarts. Immutable.
 *
 * @param counts every counter of the books, by its label
 * @param extras the other counts of the summary
 * @param examples one reject of each reason that occurred since the last restart
 * @param allRead whether every partition of a bounded run has been read to its end
 */
public record RunReport(
        Map<String, Long> counts, Map<Tally.Extra, Long> extras, Map<Reason, String> examples, boolean allRead)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Creates a report of the tally's present counts. */
    static RunReport of(Tally tally, boolean allRead) {
        Map<String, Long> counts = new HashMap<>();
        for (Counter counter : Counter.values()) {
            counts.put(counter.label(), tally.get(counter));
        }
        Map<Tally.Extra, Long> extras = new EnumMap<>(Tally.Extra.class);
        for (Tally.Extra extra : Tally.Extra.values()) {
            extras.put(extra, tally.get(extra));
        }
        Map<Reason, String> examples = new EnumMap<>(Reason.class);
        examples.putAll(tally.examples());
        return new RunReport(
                Collections.unmodifiableMap(counts),
                Collections.unmodifiableMap(extras),
                Collections.unmodifiableMap(examples),
                allRead);
    }

    public long count(Counter counter) {
        return counts.getOrDefault(counter.label(), 0L);
    }

    public long extra(Tally.Extra extra) {
        return extras.getOrDefault(extra, 0L);
    }
}
