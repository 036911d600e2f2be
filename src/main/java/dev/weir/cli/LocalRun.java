package dev.weir.cli;

import dev.weir.WeirJob;
import dev.weir.config.WeirConfig;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Runs the job on this machine: a Flink cluster in this process, its web UI included. Ctrl-C stops it; a restart goes on from the last retained checkpoint only if told so. */
final class LocalRun implements JobRunner {

    @Override
    public int run(WeirConfig config, Configuration flink) throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironmentWithWebUI(local(flink));
        JobClient job = WeirJob.submit(env, config);
        System.out.println("Job " + job.getJobID() + " of pipeline " + config.pipeline() + " runs");
        try {
            JobExecutionResult result = job.getJobExecutionResult().get();
            System.out.println("Finished after " + result.getNetRuntime() + " ms");
            return ExitCode.FINISHED;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    /**
     * Who reaches the web UI can run code: where nothing else is said, only this machine does. Flink alone listens on every address. There are
     * as many slots as the job has subtasks: with fewer it would wait for the others, and read nothing.
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
        for (ConfigOption<String> address : List.of(RestOptions.BIND_ADDRESS, JobManagerOptions.BIND_HOST)) {
            if (!local.contains(address)) {
                local.set(address, "localhost");
            }
        }
        return local;
    }
}
