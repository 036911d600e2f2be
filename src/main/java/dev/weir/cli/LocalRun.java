package dev.weir.cli;

import dev.weir.WeirJob;
import dev.weir.config.WeirConfig;
import java.util.concurrent.ExecutionException;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Runs the job on this machine: a Flink cluster in this process, its web UI included. Ctrl-C stops it; a restart goes on from the last retained checkpoint only if told so. */
final class LocalRun implements JobRunner {

    @Override
    public int run(WeirConfig config, Configuration flink) throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironmentWithWebUI(flink);
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
}
