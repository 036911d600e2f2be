package dev.weir.cli;

import dev.weir.config.ConfigLoader;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Defines the top command, which only leads to the others. */
@Command(
        name = "weir",
        mixinStandardHelpOptions = true,
        description = "Exactly-once sensor pipelines on Apache Flink.",
        synopsisSubcommandLabel = "COMMAND")
public final class Weir implements Runnable {
    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    /** Starts the local jar. */
    public static void main(String[] args) {
        System.exit(commandLine(new ConfigLoader(), new LocalRun()).execute(args));
    }

    /** Returns the {@code -Dkey=value} arguments of the job jar, which accepts no others. */
    public static Map<String, String> overrides(String... args) {
        ConfigArguments arguments = new ConfigArguments();
        new CommandLine(arguments).parseArgs(args);
        return arguments.overrides();
    }

    /** Returns the command line with all its commands. A usage error gives exit code 1. */
    public static CommandLine commandLine(ConfigLoader loader, JobRunner runner) {
        CommandLine line = new CommandLine(new Weir())
                .addSubcommand(new CheckCommand(loader))
                .addSubcommand(new DoctorCommand(loader))
                .addSubcommand(new RunCommand(loader, runner))
                .addSubcommand(new StopCommand(loader))
                .addSubcommand(new AnnounceCommand(loader));
        line.getSubcommands().values().forEach(Weir::complete);
        complete(line);
        return line;
    }

    /** Adds to a command what all have in common. */
    private static void complete(CommandLine line) {
        line.getCommandSpec().version(version());
        line.getCommandSpec().exitCodeOnInvalidInput(ExitCode.NOT_STARTED);
        line.getCommandSpec().exitCodeOnExecutionException(ExitCode.JOB_FAILED);
    }

    /** Returns the name and version of the jar that this class was loaded from. */
    private static String version() {
        String version = Weir.class.getPackage().getImplementationVersion();
        return "weir " + (version == null ? "(version unknown: not run from its jar)" : version);
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(), "a command is missing: run, stop, check, doctor or announce");
    }
}
