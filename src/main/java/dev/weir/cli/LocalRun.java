package dev.weir.cli;

import dev.weir.books.Summary;
import dev.weir.config.ConfigurationException;
import dev.weir.config.WeirConfig;
import dev.weir.config.parse.Problem;
import dev.weir.failure.NotStartedException;
import dev.weir.job.JobDefinition;
import dev.weir.local.FreePort;
import dev.weir.local.KeptState;
import dev.weir.local.LocalJob;
import dev.weir.local.RunFile;
import dev.weir.local.StateHome;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Runs the job on this machine, in a Flink cluster inside this process with its web UI. It starts from the newest state
 * that an earlier run of the pipeline left, however that run ended. SIGTERM and Ctrl-C stop it with a savepoint, and a
 * bounded run ends with one.
 */
final class LocalRun implements JobRunner {
    private final PrintStream out = System.out;

    @Override
    public int run(WeirConfig config, Configuration flink, RunChoices choices) throws Exception {
        Configuration local = local(flink);
        Path path = RunFile.path(local, config.pipeline());
        RunFile file = hold(path, local, config.pipeline());
        try (file) {
            StateHome home = StateHome.of(local, config.pipeline());
            long life = home == null ? 0 : new StartState(home, config.pipeline(), out).choose(local, choices.fresh());
            return run(config, local, file, home, life, choices);
        }
    }

    private static RunFile hold(Path path, Configuration local, String pipeline) throws NotStartedException {
        try {
            RunFile file = RunFile.hold(path);
            if (file == null) {
                throw new ConfigurationException(List.of(alreadyRuns(pipeline, RunFile.running(path))));
            }
            return file;
        } catch (IOException e) {
            throw StartState.unreachable(
                    RunFile.isBesideCheckpoints(local)
                            ? CheckpointingOptions.CHECKPOINTS_DIRECTORY.key()
                            : "weir.pipeline",
                    path + " cannot be written",
                    e);
        }
    }

    private int run(WeirConfig config, Configuration local, RunFile file, StateHome home, long life, RunChoices choices)
            throws Exception {
        boolean bounded = config.kafka().stop().bounded();
        if (bounded && home != null) {
            // The savepoint must be the last snapshot. With this option on, Flink makes a checkpoint after it, and
            // commits data that is newer than the savepoint.
            local.set(CheckpointingOptions.ENABLE_CHECKPOINTS_AFTER_TASKS_FINISH, false);
        }
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironmentWithWebUI(local);
        JobClient client = JobDefinition.submit(env, config, bounded && home != null);
        file.store(rest(local), client.getJobID().toString());
        out.println("Job " + client.getJobID() + " of pipeline " + config.pipeline() + " runs");
        LocalJob job = new LocalJob(client, home == null ? null : home.kept(life));
        StopSignals.call(job::requestStop, out);
        try {
            LocalJob.End end = job.await(report -> {});
            int code = ended(end, bounded, home, life, local);
            return code == ExitCode.FINISHED ? summarized(end, config, choices) : code;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    int ended(LocalJob.End end, boolean bounded, StateHome home, long life, Configuration local) throws IOException {
        boolean early = bounded && end.stopped();
        out.println((early ? "Stopped before its end, after " : bounded ? "Finished after " : "Stopped after ")
                + Duration.ofMillis(end.millis()).toMillis() + " ms");
        if (home == null) {
            out.println("Its state is not kept: execution.checkpointing.dir is not set");
        } else {
            KeptState.newest(home).ifPresent(state -> out.println("The next run goes on from " + state.path()));
            if (end.kept()) {
                KeptState.prune(home, life, local.get(CheckpointingOptions.MAX_RETAINED_CHECKPOINTS));
            }
        }
        return early ? ExitCode.JOB_FAILED : ExitCode.FINISHED;
    }

    private int summarized(LocalJob.End end, WeirConfig config, RunChoices choices) {
        if (end.report() == null) {
            return ExitCode.FINISHED;
        }
        Summary summary = new Summary(config, end.report());
        summary.lines().forEach(out::println);
        if (config.lake() != null) {
            LakeFiles.count(config.lake().path()).ifPresent(out::println);
        }
        if (choices.failOnRejects() == null || summary.rejectedShare() <= choices.failOnRejects()) {
            return ExitCode.FINISHED;
        }
        out.println("--fail-on-rejects: " + choices.failOnRejects() + " is exceeded, the share of rejects is "
                + summary.rejectedShare() + "; everything is committed nevertheless");
        return ExitCode.REJECTS;
    }

    private static Problem alreadyRuns(String pipeline, RunFile.Running running) {
        String who = running == null ? "another process" : "process " + running.pid();
        return new Problem(
                "weir.pipeline",
                pipeline + " runs already on this machine (" + who
                        + (running == null || running.rest() == null ? "" : ", " + running.rest()) + ")",
                "wait for its end, stop it with the command stop, or give this one a weir.pipeline of its own");
    }

    private static URI rest(Configuration local) {
        String address = local.get(RestOptions.BIND_ADDRESS);
        return URI.create("http://" + (address.equals("0.0.0.0") ? "localhost" : address) + ":"
                + local.get(RestOptions.BIND_PORT));
    }

    /**
     * Returns the configuration of the local cluster. Anybody who reaches the web UI can run code, so it listens on
     * this machine only, unless the user sets an address; Flink's default is every address. There are as many slots as
     * the job has subtasks, because with fewer it would wait for the others and read nothing.
     */
    static Configuration local(Configuration flink) {
        Configuration local = new Configuration(flink);
        int parallelism = flink.getOptional(CoreOptions.DEFAULT_PARALLELISM)
                .orElseGet(() -> Runtime.getRuntime().availableProcessors());
        local.set(CoreOptions.DEFAULT_PARALLELISM, parallelism);
        local.set(
                TaskManagerOptions.NUM_TASK_SLOTS,
                Math.max(
                        parallelism,
                        flink.getOptional(TaskManagerOptions.NUM_TASK_SLOTS).orElse(1)));
        setIfAbsent(local, RestOptions.BIND_ADDRESS, "localhost");
        setIfAbsent(local, JobManagerOptions.BIND_HOST, "localhost");
        // The heartbeat carries the report that a bounded run has read everything.
        setIfAbsent(local, HeartbeatManagerOptions.HEARTBEAT_INTERVAL, Duration.ofSeconds(1));
        String ports = local.getOptional(RestOptions.BIND_PORT).orElse("8081");
        local.set(RestOptions.BIND_PORT, FreePort.in(ports, local.get(RestOptions.BIND_ADDRESS)));
        return local;
    }

    private static <T> void setIfAbsent(Configuration configuration, ConfigOption<T> option, T value) {
        if (!configuration.contains(option)) {
            configuration.set(option, value);
        }
    }
}
