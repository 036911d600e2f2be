package dev.weir.doctor;

import dev.weir.failure.ErrorText;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;

/** Makes checks one after another, each within a time limit, and skips those that depend on a failed one. */
public final class Examination {
    private final Duration bound;
    private final BiConsumer<String, Finding> report;
    private final Map<String, Finding.Level> levels = new LinkedHashMap<>();

    /**
     * Starts an examination.
     *
     * @param bound the time limit of each check; a check that takes longer has failed
     * @param report gets the name of each check and its finding, at once
     */
    public Examination(Duration bound, BiConsumer<String, Finding> report) {
        this.bound = bound;
        this.report = report;
    }

    /** Makes the check and reports its finding. */
    public void check(String name, Check check) {
        Finding finding = bounded(name, check);
        levels.put(name, finding.level());
        report.accept(name, finding);
    }

    /** Makes the check, unless {@code needed}, an earlier check, failed or was skipped. */
    public void check(String name, String needed, Check check) {
        check(name, List.of(needed), check);
    }

    /** Makes the check, unless one of the needed checks failed or was skipped. The finding names the first of those. */
    public void check(String name, List<String> needed, Check check) {
        Optional<String> missing = needed.stream().filter(one -> !passed(one)).findFirst();
        check(
                name,
                missing.isEmpty() ? check : () -> Finding.skipped("not checked: fix \"" + missing.get() + "\" first"));
    }

    private boolean passed(String name) {
        return levels.get(name) == Finding.Level.OK || levels.get(name) == Finding.Level.WARN;
    }

    /** Returns how many checks ended with that level. */
    public long count(Finding.Level level) {
        return levels.values().stream().filter(level::equals).count();
    }

    private Finding bounded(String name, Check check) {
        FutureTask<Finding> task = new FutureTask<>(check::look);
        Thread thread = new Thread(task, "doctor: " + name);
        thread.setDaemon(true); // A check that hangs does not delay the end of the process.
        thread.start();
        try {
            return task.get(bound.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            task.cancel(true);
            return Finding.fail("no answer within " + bound.toSeconds() + " s; check the network");
        } catch (ExecutionException e) {
            return Finding.fail(ErrorText.of(e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Finding.skipped("interrupted");
        }
    }
}
