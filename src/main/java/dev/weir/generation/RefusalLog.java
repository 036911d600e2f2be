package dev.weir.generation;

import dev.weir.failure.RefusedException;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs a refused start at ERROR, once in each process. Every subtask of several operators is refused for the same
 * reason, and Flink logs the exception at INFO only, among many other lines.
 */
final class RefusalLog {
    private static final Logger LOG = LoggerFactory.getLogger(RefusalLog.class);

    /** The id of the run that was refused last. Static on purpose: the subtasks of a process share nothing else. */
    private static final AtomicReference<String> LAST = new AtomicReference<>();

    /** Logs the refusal, unless another subtask of the run has logged it. */
    static void once(Run run, RefusedException refusal) {
        if (!run.id().equals(LAST.getAndSet(run.id()))) {
            LOG.error(
                    "Pipeline {} is refused, and is not restarted: {}",
                    run.config().pipeline(),
                    refusal.getMessage());
        }
    }

    private RefusalLog() {}
}
