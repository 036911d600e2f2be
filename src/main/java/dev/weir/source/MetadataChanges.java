package dev.weir.source;

import java.time.Duration;
import org.apache.flink.util.clock.RelativeClock;

/**
 * Decides when to ask whether a topic was recreated. A consumer fetches by topic id. It cannot get a record of a
 * recreated topic before it has learned the new id from new metadata. So records that were fetched after the metadata
 * changed are held back until somebody has asked. Without records there is no hurry. One more question follows later,
 * for brokers that hear of a change after the consumer.
 *
 * <p>Updated by the consumer's thread, asked by the fetcher's.
 */
final class MetadataChanges {
    /**
     * The pause between questions without records. Every broker has heard of a topic by then, and a deleted topic, for
     * which the consumer requests metadata all the time, does not cause a question each time.
     */
    private static final Duration SELDOM = Duration.ofSeconds(10);

    private final RelativeClock clock;
    private volatile boolean changed;
    private volatile boolean fetchedSince;
    private boolean askAgain;
    private long askedNanos;

    MetadataChanges(RelativeClock clock) {
        this.clock = clock;
        this.askedNanos = clock.relativeTimeNanos();
    }

    /** Notes that the consumer has new metadata. */
    void changed() {
        changed = true;
    }

    /** Notes that the consumer returns records. */
    void fetched() {
        if (changed) {
            fetchedSince = true;
        }
    }

    /** Returns whether to ask before records are emitted. */
    boolean due() {
        return fetchedSince || (changed || askAgain) && clock.relativeTimeNanos() - askedNanos >= SELDOM.toNanos();
    }

    /** Notes that somebody asks now. A change after this call is a new one. */
    void asking() {
        askAgain = changed;
        askedNanos = clock.relativeTimeNanos();
        changed = false;
        fetchedSince = false;
    }

    /** Notes that no broker answered. */
    void notAnswered() {
        changed = true;
        fetchedSince = true;
    }
}
