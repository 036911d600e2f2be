package dev.weir.source;

import java.time.Duration;
import org.apache.flink.util.clock.RelativeClock;

/**
 * Says when to ask whether the topics are still the same. A consumer fetches by topic id, so it cannot get a record of a topic
 * that was made anew before it has heard of the new id, with new metadata: records that were fetched since the metadata changed
 * are not handed on before somebody has asked. Without records there is no haste; one more question later is for brokers that
 * hear of a change after the consumer.
 *
 * <p>Updated by the consumer's thread, asked by the fetcher's.
 */
final class MetadataChanges {
    /** Long enough for every broker to hear of a topic; a deleted topic makes the consumer ask for metadata all the time. */
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

    /** The consumer has new metadata. */
    void changed() {
        changed = true;
    }

    /** The consumer hands on records. */
    void fetched() {
        if (changed) {
            fetchedSince = true;
        }
    }

    /** Whether to ask before anything is handed on. */
    boolean due() {
        return fetchedSince || (changed || askAgain) && clock.relativeTimeNanos() - askedNanos >= SELDOM.toNanos();
    }

    /** Somebody asks now; what changes from here on is another change. */
    void asking() {
        askAgain = changed;
        askedNanos = clock.relativeTimeNanos();
        changed = false;
        fetchedSince = false;
    }

    /** Nobody answered. */
    void notAnswered() {
        changed = true;
        fetchedSince = true;
    }
}
