package dev.weir.cli;

import dev.weir.failure.ErrorText;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.flink.runtime.JobException;
import org.apache.flink.runtime.client.JobExecutionException;

/**
 * Prints why a job failed or did not start, for a person: one line for each cause, without Flink's wrapping exceptions.
 */
final class FailureReport {
    /** Exceptions that only say that there was a failure. */
    private static final Set<Class<?>> WRAPPERS = Set.of(
            JobExecutionException.class, JobException.class, ExecutionException.class, CompletionException.class);

    private FailureReport() {}

    /**
     * Prints the failure and its causes.
     *
     * @param event what has happened, such as {@code job failed}
     */
    static void print(String event, Throwable failure, PrintWriter err) {
        List<String> reasons = reasons(failure);
        err.println(event + ": " + reasons.get(0));
        reasons.stream().skip(1).forEach(reason -> err.println("  because: " + reason));
        err.flush();
    }

    /** Returns the reasons, outermost first; at least one. A reason that an outer one already quotes is left out. */
    private static List<String> reasons(Throwable failure) {
        List<String> reasons = new ArrayList<>();
        Set<Throwable> seen = new HashSet<>();
        for (Throwable t = failure; t != null && seen.add(t); t = t.getCause()) {
            if (WRAPPERS.contains(t.getClass()) && t.getCause() != null) {
                continue;
            }
            String reason = ErrorText.of(t);
            String message = t.getMessage() == null ? reason : ErrorText.message(t);
            if (reasons.stream().noneMatch(outer -> outer.contains(message))) {
                reasons.add(reason);
            }
        }
        return reasons;
    }
}
