package dev.weir.cli;

import dev.weir.config.ConfigLoader;
import dev.weir.config.ConfigurationException;
import dev.weir.config.Resolved;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints the resolved configuration, or every problem with it. Opens no connection. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description =
                "Checks options and catalog, and judges a sample of events as the job would. Exit code 0: no problem, 1: problems,"
                        + " which are listed on stderr, or no reading of the sample would be accepted.")
final class CheckCommand implements Callable<Integer> {
    @Mixin
    private ConfigArguments arguments = new ConfigArguments();

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--sample",
            paramLabel = "<file>",
            description =
                    "A file of events as in the topic's records: JSON values, of one line or several, or rows of CSV.")
    private Path sample;

    @Option(
            names = "--topic",
            paramLabel = "<topic>",
            description =
                    "The topic as whose records the sample is judged, if the catalog has several inputs. Default: the first one of"
                            + " the first input.")
    private String topic;

    private final ConfigLoader loader;

    CheckCommand(ConfigLoader loader) {
        this.loader = loader;
    }

    @Override
    public Integer call() {
        try {
            PrintWriter out = spec.commandLine().getOut();
            Resolved resolved = arguments.load(loader);
            ConfigReport.print(resolved, out);
            boolean good = sample == null
                    || SampleReport.print(sample, topic, resolved.config(), System.currentTimeMillis(), out);
            return good ? ExitCode.FINISHED : ExitCode.NOT_STARTED;
        } catch (IOException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return ExitCode.NOT_STARTED;
        } catch (ConfigurationException e) {
            ConfigReport.printProblems(e, spec.commandLine().getErr());
            return ExitCode.NOT_STARTED;
        }
    }
}
