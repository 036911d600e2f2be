package dev.weir.kafka;

import dev.weir.retry.Backoff;
import dev.weir.retry.Pause;
import java.time.Duration;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Repeats a request while the broker does not know a topic. Not all brokers of a cluster know a topic in the moment
 * after its creation.
 */
public final class UnknownTopicRetry {
    /**
     * Pauses between attempts, 3 s in all. Brokers hear of a new topic within milliseconds, and a mistyped name should
     * not make a person wait for long.
     */
    private static final int PAUSES = 5;

    private UnknownTopicRetry() {}

    /**
     * Returns the answer to the request.
     *
     * @throws UnknownTopicOrPartitionException if the topic is still unknown after about 3 s
     */
    public static <T> T ask(Supplier<T> question) {
        return ask(question, Pause.WALL);
    }

    static <T> T ask(Supplier<T> question, Pause pause) {
        for (int failures = 1; failures <= PAUSES; failures++) {
            try {
                return question.get();
            } catch (UnknownTopicOrPartitionException e) {
                waitFor(Backoff.DOUBLING.after(failures), pause);
            }
        }
        return question.get();
    }

    private static void waitFor(Duration duration, Pause pause) {
        try {
            pause.pause(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
