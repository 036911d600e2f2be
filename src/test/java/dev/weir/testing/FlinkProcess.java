package dev.weir.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flink.util.FileUtils;

/** One process of {@link FlinkProcesses}, through all its lives: it can be killed, stopped for a while, and started again. */
public final class FlinkProcess {
    /** Makes the process; the JVM arguments are those that only this life has. */
    @FunctionalInterface
    interface Launch {
        Process launch(FlinkProcess process, List<String> extraJvm) throws IOException;
    }

    private final String name;
    private final Path log;
    private final Launch launch;
    private int lives;
    private Process process;

    FlinkProcess(String name, Path log, Launch launch) {
        this.name = name;
        this.log = log;
        this.launch = launch;
    }

    /** E.g. {@code jobmanager}, {@code taskmanager-1}. */
    public String name() {
        return name;
    }

    /** What this life of a TaskManager is called by the JobManager, e.g. {@code taskmanager-1-life-3}. */
    public synchronized String id() {
        return name + "-life-" + lives;
    }

    /** Directory for what only this life needs; goes when the next one begins. */
    synchronized Path temporary() {
        return log.resolveSibling("tmp").resolve(id());
    }

    /** What all its lives have logged, one after the other. */
    public Path log() {
        return log;
    }

    /** Of the present life, or the last one. */
    public synchronized long pid() {
        return process.pid();
    }

    public synchronized boolean isAlive() {
        return process != null && process.isAlive();
    }

    /**
     * A new life begins; that it is ready is not waited for.
     *
     * @param extraJvm arguments of this life's JVM only, such as a debug agent
     */
    public synchronized void start(String... extraJvm) {
        if (isAlive()) {
            throw new IllegalStateException(name + " is alive, pid " + pid());
        }
        try {
            // Some 100 MB for each life: an hour of chaos has hundreds.
            FileUtils.deleteDirectory(temporary().toFile());
            lives++;
            Files.createDirectories(temporary());
            process = launch.launch(this, List.of(extraJvm));
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }

    /** {@code kill -9}; the process is gone. Of a dead one too. */
    public synchronized void kill() {
        if (process != null) {
            process.destroyForcibly();
            awaitEnd();
        }
    }

    /** Its end is waited for: a kill by somebody else, or its own. */
    public void awaitEnd() {
        try {
            if (!process.waitFor(1, TimeUnit.MINUTES)) {
                throw new IllegalStateException(name + " does not end, pid " + process.pid());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Of the last life, which has ended. */
    public synchronized int exitCode() {
        return process.exitValue();
    }

    /** {@code SIGSTOP}: all its threads stand still. */
    public void pause() {
        Signals.pause(pid());
    }

    /** {@code SIGCONT}. */
    public void resume() {
        Signals.resume(pid());
    }

    /** Whether it stands still, as the system says. */
    public boolean isPaused() {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid()), "stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2) == 'T';
        } catch (IOException e) {
            return false;
        }
    }

    /** Kills it unless it ended before; for the end of the cluster. */
    synchronized void end() {
        if (process != null) {
            process.destroyForcibly();
        }
    }
}
