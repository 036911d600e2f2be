package dev.weir.cli;

import dev.weir.config.ConfigLoader;
import dev.weir.config.ConfigurationException;
import dev.weir.config.Resolved;
import dev.weir.local.KeptState;
import dev.weir.local.RestStop;
import dev.weir.local.RunFile;
import dev.weir.local.StateHome;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.configuration.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Stops the job that {@code run} runs on this machine, with a savepoint. */
@Command(
        name = "stop",
        mixinStandardHelpOptions = true,
        description =
                "Stops the job of the pipeline that runs on this machine, with a savepoint from which the next run starts."
                        + " Give it the configuration that run was given. Exit code 0: stopped, 1: no such job runs,"
                        + " 2: it could not be stopped.")
final class StopCommand implements Callable<Integer> {
    private static final long ENDS_WITHIN_SECONDS = 60;

    @Mixin
    private ConfigArguments arguments = new ConfigArguments();

    @Spec
    private CommandSpec spec;

    private final ConfigLoader loader;

    StopCommand(ConfigLoader loader) {
        this.loader = loader;
    }

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter err = spec.commandLine().getErr();
        try {
            Resolved resolved = arguments.load(loader);
            String pipeline = resolved.config().pipeline();
            Path file = RunFile.path(resolved.flink(), pipeline);
            RunFile.Running running = RunFile.running(file);
            if (running == null || running.rest() == null) {
                err.println("weir.pipeline: no run of " + pipeline + " on this machine "
                        + (running == null ? "holds " + file : "has submitted its job yet")
                        + "; use the weir.pipeline and execution.checkpointing.dir of the run");
                err.flush();
                return ExitCode.NOT_STARTED;
            }
            return stop(running, pipeline, resolved.flink());
        } catch (ConfigurationException e) {
            ConfigReport.printProblems(e, err);
            return ExitCode.NOT_STARTED;
        } catch (IOException e) {
            FailureReport.print("not stopped", e, err);
            return ExitCode.JOB_FAILED;
        }
    }

    private int stop(RunFile.Running running, String pipeline, Configuration flink)
            throws IOException, InterruptedException {
        String savepoint = new RestStop(running.rest(), running.jobId()).stop();
        awaitEnd(running.pid());
        if (savepoint == null) {
            StateHome home = StateHome.of(flink, pipeline);
            Optional<KeptState> newest = home == null ? Optional.empty() : KeptState.newest(home);
            savepoint = newest.filter(KeptState::savepoint)
                    .orElseThrow(() -> new IOException("process " + running.pid()
                            + " has ended, and left no savepoint; the next run goes on from its newest checkpoint"))
                    .path()
                    .toString();
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println("Stopped " + pipeline + " (process " + running.pid() + "); its state is in " + savepoint);
        out.flush();
        return ExitCode.FINISHED;
    }

    private static void awaitEnd(long pid) throws IOException, InterruptedException {
        Optional<ProcessHandle> process = ProcessHandle.of(pid);
        try {
            if (process.isPresent()) {
                process.get().onExit().get(ENDS_WITHIN_SECONDS, TimeUnit.SECONDS);
            }
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("process " + pid + " has not ended within " + ENDS_WITHIN_SECONDS + " s", e);
        }
    }
}
