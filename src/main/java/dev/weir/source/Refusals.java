package dev.weir.source;

import dev.weir.config.WeirConfig;
import dev.weir.failure.RefusedException;
import dev.weir.kafka.KafkaErrors;
import java.util.Optional;
import org.apache.flink.util.ExceptionUtils;

/**
 * Tells what Kafka refuses to a job that has never worked, which is a mistake and ends the job, from what it refuses later: a
 * password that is being rotated, a right that was taken away. That passes or is mended, so the job restarts until it is.
 */
final class Refusals {
    private final WeirConfig.Kafka kafka;
    private boolean worked;

    Refusals(WeirConfig.Kafka kafka) {
        this.kafka = kafka;
    }

    /** From now on nothing is a mistake of the start. */
    void worked() {
        worked = true;
    }

    /** What to throw instead of it: the same, or a {@link RefusedException} with the option and the cure. */
    Exception judged(Exception error) {
        Optional<RefusedException> own = ExceptionUtils.findThrowable(error, RefusedException.class);
        if (own.isPresent()) {
            return own.get();
        }
        String text = worked ? null : KafkaErrors.explained(error, kafka);
        return text == null ? error : new RefusedException(text, error);
    }

    /** The same of an unchecked one. */
    RuntimeException judgedUnchecked(RuntimeException error) {
        return (RuntimeException) judged(error);
    }
}
