package dev.weir.core.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One counter of the books. The labels are public: table {@code weir_books} shows them, and the state of the books stores the counts by
 * label.
 *
 * <p>This is no enum, because every {@link Reason} and every {@link Flag} has a counter. The counters are made from those lists, so that
 * none can be forgotten. Each counter exists once, so {@code ==} compares them.
 */
public final class Counter {
    private static final List<Counter> ALL = new ArrayList<>();
    private static final Map<String, Counter> BY_LABEL = new HashMap<>();

    public static final Counter EVENTS_READ = new Counter("events.read");
    public static final Counter EVENTS_DECODED = new Counter("events.decoded");
    public static final Counter EVENTS_REJECTED = new Counter("events.rejected");
    /**
     * Decoded events without a reading slot: all their mapped metrics are optional and absent. They also count in {@code events.decoded}.
     */
    public static final Counter EVENTS_EMPTY = new Counter("events.empty");
    /** Offsets that Kafka's retention deleted before they were read. They do not count in {@code events.read}. */
    public static final Counter OFFSETS_LOST = new Counter("offsets.lost");

    /** Announced files. Always the sum of the four counters below. */
    public static final Counter FILES_ANNOUNCED = new Counter("files.announced");

    public static final Counter FILES_READ = new Counter("files.read");
    public static final Counter FILES_REPEATED = new Counter("files.repeated");
    public static final Counter FILES_REJECTED = new Counter("files.rejected");
    public static final Counter FILES_IGNORED = new Counter("files.ignored");

    public static final Counter READINGS_DECODED = new Counter("readings.decoded");
    public static final Counter READINGS_ACCEPTED = new Counter("readings.accepted");
    public static final Counter READINGS_FLAGGED = new Counter("readings.flagged");
    public static final Counter READINGS_REJECTED = new Counter("readings.rejected");

    private static final Map<Reason, Counter> REJECTED = new EnumMap<>(Reason.class);
    private static final Map<Flag, Counter> FLAGGED = new EnumMap<>(Flag.class);

    static {
        for (Reason reason : Reason.values()) {
            REJECTED.put(reason, new Counter("rejected." + reason));
        }
        for (Flag flag : Flag.values()) {
            FLAGGED.put(flag, new Counter("flagged." + flag.reason()));
        }
    }

    private final String label;
    /** Index in {@link #values} and in a tally. */
    final int index;

    private Counter(String label) {
        this.label = label;
        this.index = ALL.size();
        ALL.add(this);
        if (BY_LABEL.put(label, this) != null) {
            throw new IllegalStateException("two counters have the label " + label);
        }
    }

    /** Returns all counters, in the order in which tallies are serialized. */
    public static List<Counter> values() {
        return Collections.unmodifiableList(ALL);
    }

    /** Returns the name of the count in {@code weir_books}. */
    public String label() {
        return label;
    }

    /** Returns the counter of a reason, for rejected events and readings alike. */
    public static Counter rejected(Reason reason) {
        return REJECTED.get(reason);
    }

    /** Returns the counter of the accepted readings with that flag. */
    public static Counter flagged(Flag flag) {
        return FLAGGED.get(flag);
    }

    /** Returns the counter with that label; null for a label of another release. */
    public static Counter ofLabel(String label) {
        return BY_LABEL.get(label);
    }

    @Override
    public String toString() {
        return label;
    }
}
