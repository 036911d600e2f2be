package dev.weir.kafka;

import java.util.function.Supplier;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Asks again where a broker does not know a topic: of one that was made a moment ago, not each broker of a cluster has heard yet. */
public final class UnknownTopicRetry {
    /** Doubled each time: 3 s in all. Brokers hear of a topic within milliseconds; a person who has mistyped one waits in vain. */
    private static final long FIRST_PAUSE_MILLIS = 100;

    private static final int PAUSES = 5;

    private UnknownTopicRetry() {}

    /** How the time passes between two questions. */
    interface Pause {
        void ofMillis(long millis) throws InterruptedException;
    }

    /**
     * The answer.
     *
     * @throws UnknownTopicOrPartitionException when the topic is still unknown after some 3 s
     */
    public static <T> T ask(Supplier<T> question) {
        return ask(question, Thread::sleep);
    }

    static <T> T ask(Supplier<T> question, Pause pause) {
        long millis = FIRST_PAUSE_MILLIS;
        for (int pauses = 0; pauses < PAUSES; pauses++) {
            try {
                return question.get();
            } catch (UnknownTopicOrPartitionException e) {
                waitFor(millis, pause);
                millis *= 2;
            }
        }
        return question.get();
    }

    private static void waitFor(long millis, Pause pause) {
        try {
            pause.ofMillis(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
