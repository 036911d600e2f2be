package dev.weir.doctor;

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

/** Makes checks one after another, each within a bound, and leaves out those that rest on one that failed. */
public final class Examination {
    private final Duration bound;
    private final BiConsumer<String, Finding> report;
    private final Map<String, Finding.Level> levels = new LinkedHashMap<>();

    /**
     * @param bound for each check; one that takes longer has failed
     * @param report is told the name of each check and what it found, at once
     */
    public Examination(Duration bound, BiConsumer<String, Finding> report) {
        this.bound = bound;
        this.report = report;
    }

    /** The check has been made and reported. */
    public void check(String name, Check check) {
        Finding finding = bounded(name, check);
        levels.put(name, finding.level());
        report.accept(name, finding);
    }

    /** The same, unless {@code needed}, a check made before, failed or was left out itself. */
    public void check(String name, String needed, Check check) {
        check(name, List.of(needed), check);
    }

    /** The same with several: the first that failed or was left out is named. */
    public void check(String name, List<String> needed, Check check) {
        Optional<String> missing = needed.stream().filter(one -> !passed(one)).findFirst();
        check(
                name,
                missing.isEmpty() ? check : () -> Finding.skipped("not checked: mend \"" + missing.get() + "\" first"));
    }

    private boolean passed(String name) {
        return levels.get(name) == Finding.Level.OK || levels.get(name) == Finding.Level.WARN;
    }

    /** How many checks ended so. */
    public long count(Finding.Level level) {
        return levels.values().stream().filter(level::equals).count();
    }

    private Finding bounded(String name, Check check) {
        FutureTask<Finding> task = new FutureTask<>(check::look);
        Thread thread = new Thread(task, "doctor: " + name);
        thread.setDaemon(true); // one that hangs does not hold up the end of the process
        thread.start();
        try {
            return task.get(bound.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            task.cancel(true);
            return Finding.fail("no answer within " + bound.toSeconds() + " s; look at the network in between");
        } catch (ExecutionException e) {
            return Finding.fail(text(e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Finding.skipped("interrupted");
        }
    }

    /** What our own exceptions say stands for itself; of others the class may say more than the message. */
    private static String text(Throwable error) {
        String message =
                error.getMessage() == null ? "" : error.getMessage().strip().replaceAll("\\s+", " ");
        return message.startsWith("weir.") ? message : (error.getClass().getSimpleName() + ": " + message).strip();
    }
}
