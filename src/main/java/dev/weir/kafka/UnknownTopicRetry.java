package dev.weir.kafka;

import java.util.function.Supplier;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Repeats a request while the broker does not know a topic. Not all brokers of a cluster know a topic in the moment
 * after its creation.
 */
public final class UnknownTopicRetry {
    /**
     * The pause doubles each time, to 3 s in all. Brokers hear of a new topic within milliseconds, and a mistyped name
     * should not make a person wait for long.
     */
    private static final long FIRST_PAUSE_MILLIS = 100;

    private static final int PAUSES = 5;

    private UnknownTopicRetry() {}

    /** Waits between two requests. */
    interface Pause {
        void ofMillis(long millis) throws InterruptedException;
    }

    /**
     * Returns the answer to the request.
     *
     * @throws UnknownTopicOrPartitionException if the topic is still unknown after about 3 s
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
