package dev.weir.cli;

import dev.weir.config.ConfigLoader;
import dev.weir.config.ConfigurationException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the resolved configuration, or everything that is wrong with it. Opens no connection. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = "Checks options and catalog. Exit code 0: good, 1: problems, all of them on stderr.")
final class CheckCommand implements Callable<Integer> {
    @Mixin
    private ConfigArguments arguments = new ConfigArguments();

    @Spec
    private CommandSpec spec;

    private final ConfigLoader loader;

    CheckCommand(ConfigLoader loader) {
        this.loader = loader;
    }

    @Override
    public Integer call() {
        try {
            ConfigReport.print(arguments.load(loader), spec.commandLine().getOut());
            return ExitCode.FINISHED;
        } catch (ConfigurationException e) {
            ConfigReport.printProblems(e, spec.commandLine().getErr());
            return ExitCode.CONFIGURATION;
        }
    }
}
