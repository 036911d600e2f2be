package dev.weir.cli;

import dev.weir.config.ConfigLoader;
import dev.weir.config.ConfigurationException;
import dev.weir.config.Resolved;
import dev.weir.config.TransactionLife;
import dev.weir.config.WeirConfig;
import dev.weir.doctor.Area;
import dev.weir.doctor.Examination;
import dev.weir.doctor.Finding;
import dev.weir.doctor.Finding.Level;
import dev.weir.doctor.SlotsArea;
import dev.weir.files.FilesArea;
import dev.weir.generation.DefaultStart;
import dev.weir.job.JobDefinition;
import dev.weir.kafka.KafkaArea;
import dev.weir.local.CheckpointArea;
import dev.weir.output.Output;
import dev.weir.registry.RegistryArea;
import dev.weir.sink.deadletter.DeadLetterSink;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Examines the surroundings of a job before it starts, and prints a line for each check as soon as it is made. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description =
                "Checks Kafka, schema registry, announced files, PostgreSQL, lake and checkpoint directory as the job will need them, and"
                        + " leaves nothing behind. Exit code 0: no check failed, 1: a check failed, or the configuration is wrong.")
final class DoctorCommand implements Callable<Integer> {
    /** The time limit of a check. Kafka's client gives up after 12 s, PostgreSQL's after 10 s. */
    private static final Duration BOUND = Duration.ofSeconds(20);

    @Mixin
    private ConfigArguments arguments = new ConfigArguments();

    @Spec
    private CommandSpec spec;

    private final ConfigLoader loader;

    DoctorCommand(ConfigLoader loader) {
        this.loader = loader;
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Resolved resolved;
        try {
            resolved = arguments.load(loader);
        } catch (ConfigurationException e) {
            ConfigReport.printProblems(e, spec.commandLine().getErr());
            return ExitCode.NOT_STARTED;
        }
        FileSystems.initialize(resolved.flink());
        Examination examination = new Examination(BOUND, (name, finding) -> print(out, name, finding));
        areas(resolved).forEach(area -> area.examine(examination));
        out.printf(
                Locale.ROOT,
                "%d ok, %d to look at, %d failed, %d not checked%n",
                examination.count(Level.OK),
                examination.count(Level.WARN),
                examination.count(Level.FAIL),
                examination.count(Level.SKIPPED));
        out.flush();
        return examination.count(Level.FAIL) == 0 ? ExitCode.FINISHED : ExitCode.NOT_STARTED;
    }

    private static List<Area> areas(Resolved resolved) {
        WeirConfig config = resolved.config();
        Configuration flink = resolved.flink();
        OptionalInt parallelism = flink.getOptional(CoreOptions.DEFAULT_PARALLELISM).stream()
                .mapToInt(Integer::intValue)
                .findFirst();
        List<Area> areas = new ArrayList<>();
        areas.add(new KafkaArea(config.kafka(), parallelism, DeadLetterSink.transactionalIdPrefix(config)));
        areas.add(new RegistryArea(config.catalog()));
        areas.add(new FilesArea(config.catalog()));
        List<Output> outputs = new ArrayList<>(JobDefinition.outputs(
                config, "doctor", TransactionLife.of(flink, config.kafka().properties())));
        // Dead letters come directly after Kafka, because their topic is there.
        Collections.reverse(outputs);
        outputs.forEach(output -> areas.add(output.area()));
        areas.add(new CheckpointArea(flink, config.pipeline(), () -> DefaultStart.refusal(config)));
        areas.add(new SlotsArea(flink));
        return areas;
    }

    private static void print(PrintWriter out, String name, Finding finding) {
        out.printf(Locale.ROOT, "%-4s  %-16s  %s%n", finding.level(), name, finding.text());
        out.flush();
    }
}
