package dev.weir.testing.oracle;

import dev.weir.core.model.Flag;
import dev.weir.core.model.Reason;
import java.util.Map;
import java.util.TreeMap;

/** The counters of docs/postgres.md, all there from the beginning, at 0. */
final class Books {
    private final Map<String, Long> totals = new TreeMap<>();

    Books() {
        for (String name : new String[] {
            "events.read",
            "events.decoded",
            "events.rejected",
            "events.empty",
            "offsets.lost",
            "readings.decoded",
            "readings.accepted",
            "readings.flagged",
            "readings.rejected"
        }) {
            totals.put(name, 0L);
        }
        for (Reason reason : Reason.values()) {
            totals.put("rejected." + reason, 0L);
        }
        for (Flag flag : Flag.values()) {
            totals.put("flagged." + flag, 0L);
        }
    }

    void add(String name) {
        add(name, 1);
    }

    void add(String name, long times) {
        totals.merge(name, times, Long::sum);
    }

    /** Counts a reading that is kept. A bit set before the exchange counts only now: flagged means kept (docs/glossary.md). */
    void accepted(int quality) {
        add("readings.accepted");
        if (quality != 0) {
            add("readings.flagged");
        }
        for (Flag flag : Flag.values()) {
            if ((quality & flag.bit()) != 0) {
                add("flagged." + flag);
            }
        }
    }

    Map<String, Long> totals() {
        return totals;
    }
}
