package dev.weir.cli;

import dev.weir.config.ConfigLoader;
import dev.weir.config.ConfigurationException;
import dev.weir.config.Resolved;
import dev.weir.failure.NotStartedException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs the job, unless {@code check} would refuse its configuration. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description =
                "Runs the job. Exit code 0: finished, 1: nothing was started, because the configuration is wrong or a"
                        + " server or directory cannot be used, 2: the job failed or was stopped before its end, 3: finished, but more was"
                        + " rejected than --fail-on-rejects allows.")
final class RunCommand implements Callable<Integer> {
    @Mixin
    private ConfigArguments arguments = new ConfigArguments();

    @Option(
            names = "--fresh",
            description =
                    "Starts without state, even if an earlier run of the pipeline left some. Then set weir.kafka.start, too.")
    private boolean fresh;

    @Option(
            names = "--fail-on-rejects",
            paramLabel = "<ratio>",
            description =
                    "Ends with exit code 3 if a larger share of events and readings was rejected, from 0 to 1: 0.05 for five in a hundred.")
    private Double failOnRejects;

    @Spec
    private CommandSpec spec;

    private final ConfigLoader loader;
    private final JobRunner runner;

    RunCommand(ConfigLoader loader, JobRunner runner) {
        this.loader = loader;
        this.runner = runner;
    }

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        if (failOnRejects != null && !(failOnRejects >= 0 && failOnRejects <= 1)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--fail-on-rejects must be from 0 to 1, got " + failOnRejects + "; write 0.05 for 5 %");
        }
        try {
            Resolved resolved = arguments.load(loader);
            resolved.warnings().forEach(warning -> err.println("warning: " + warning));
            Configuration flink = new Configuration(resolved.flink());
            flink.set(PipelineOptions.GLOBAL_JOB_PARAMETERS, resolved.shown());
            FileSystems.initialize(flink);
            FileSystems.require(resolved.config(), flink);
            return runner.run(resolved.config(), flink, new RunChoices(fresh, failOnRejects));
        } catch (ConfigurationException e) {
            ConfigReport.printProblems(e, err);
            return ExitCode.NOT_STARTED;
        } catch (NotStartedException e) {
            FailureReport.print("not started", e.getCause(), err);
            return ExitCode.NOT_STARTED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.JOB_FAILED;
        } catch (Exception e) {
            FailureReport.print("job failed", e, err);
            return ExitCode.JOB_FAILED;
        }
    }
}
