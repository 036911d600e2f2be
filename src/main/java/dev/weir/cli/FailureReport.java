package dev.weir.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;
import org.apache.flink.runtime.JobException;
import org.apache.flink.runtime.client.JobExecutionException;

/**
 * Prints why a job failed or did not start, for a person: one line for each cause, without Flink's wrapping exceptions.
 */
final class FailureReport {
    /** Exceptions that only say that there was a failure. */
    private static final Set<Class<?>> WRAPPERS = Set.of(
            JobExecutionException.class, JobException.class, ExecutionException.class, CompletionException.class);

    /** Weir's own messages begin with the option that they are about. */
    private static final Pattern OPTION =
            Pattern.compile("(weir|execution|parallelism|pipeline|state|taskmanager)\\.[a-z]");

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
            String reason = reason(t);
            String message = t.getMessage() == null ? reason : words(t.getMessage());
            if (reasons.stream().noneMatch(outer -> outer.contains(message))) {
                reasons.add(reason);
            }
        }
        return reasons;
    }

    private static String words(String message) {
        return message.strip().replaceAll("\\s+", " ");
    }

    /**
     * Returns the text of one exception. Weir's own messages are complete; for other exceptions the class may say more
     * than the message.
     */
    private static String reason(Throwable t) {
        String message = t.getMessage() == null ? "" : words(t.getMessage());
        boolean ours =
                OPTION.matcher(message).lookingAt() || t.getClass().getName().startsWith("dev.weir.");
        return ours && !message.isEmpty() ? message : (t.getClass().getSimpleName() + " " + message).strip();
    }
}
