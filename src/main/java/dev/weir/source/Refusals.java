package dev.weir.source;

import dev.weir.config.WeirConfig;
import dev.weir.failure.RefusedException;
import dev.weir.kafka.KafkaErrors;
import java.util.Optional;
import org.apache.flink.util.ExceptionUtils;

/**
 * Tells two kinds of refusals by Kafka apart. A job that has never worked is misconfigured, and a refusal ends it. A
 * job that has worked meets a temporary problem, such as a password that is being rotated or a right that was revoked,
 * so it restarts until that is repaired.
 */
final class Refusals {
    private final WeirConfig.Kafka kafka;
    private boolean worked;

    Refusals(WeirConfig.Kafka kafka) {
        this.kafka = kafka;
    }

    /** Notes that the job has worked: from now on a refusal is temporary. */
    void worked() {
        worked = true;
    }

    /** Returns the exception to throw: the error itself, or a {@link RefusedException} with the option and the cure. */
    Exception judged(Exception error) {
        Optional<RefusedException> own = ExceptionUtils.findThrowable(error, RefusedException.class);
        if (own.isPresent()) {
            return own.get();
        }
        String text = worked ? null : KafkaErrors.explained(error, kafka);
        return text == null ? error : new RefusedException(text, error);
    }

    /** Returns the same as {@link #judged}, for an unchecked exception. */
    RuntimeException judgedUnchecked(RuntimeException error) {
        return (RuntimeException) judged(error);
    }
}
