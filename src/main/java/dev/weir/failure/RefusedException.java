package dev.weir.failure;

import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;

/**
 * Says that this run must not go on, and why. It fails the job without a restart, because a restart would be refused
 * again.
 */
@ThrowableAnnotation(ThrowableType.NonRecoverableError)
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public RefusedException(String message) {
        super(message);
    }

    public RefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
