package dev.weir.generation;

import dev.weir.failure.RefusedException;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs at ERROR that a start is refused, once in each process. Every subtask of several operators is refused for the same reason, and Flink
 * itself has it in INFO lines among all the others.
 */
final class RefusalLog {
    private static final Logger LOG = LoggerFactory.getLogger(RefusalLog.class);

    /** The run that was refused last. Static on purpose: the subtasks of a process share nothing else. */
    private static final AtomicReference<String> LAST = new AtomicReference<>();

    /** Logs it unless another subtask of the run has. */
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
