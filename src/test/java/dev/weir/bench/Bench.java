package dev.weir.bench;

import dev.weir.testing.KafkaBroker;
import dev.weir.testing.PostgresServer;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** {@code ./mvnw -Pbench}: feeds a topic once, then runs the contenders on it in turns, and prints what each took. */
public final class Bench {
    private static final String TOPIC = "w1";
    private static final int SENSORS = 10_000;

    private final BenchOptions options;
    private final PrintStream out;

    Bench(BenchOptions options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    public static void main(String[] args) {
        int exitCode = 0;
        try {
            PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
            out.println(new Bench(BenchOptions.ofSystemProperties(), out).run());
        } catch (Exception failure) {
            failure.printStackTrace();
            exitCode = 1;
        }
        // Not return: threads of the servers may outlive their close.
        System.exit(exitCode);
    }

    BenchTable run() throws Exception {
        options.contenders().forEach(Contenders::of);
        delete(options.directory());
        Files.createDirectories(options.directory());
        BenchTable table = new BenchTable();
        try (KafkaBroker kafka = KafkaBroker.startProcess(
                        options.directory().resolve("kafka"), List.of("-Xmx512m", "-XX:+UseG1GC"));
                PostgresServer postgres = PostgresServer.start()) {
            long start = System.nanoTime();
            new Feeder(kafka)
                    .feed(TOPIC, new SteadyFleet(SENSORS, Feeder.PARTITIONS, options.seed()), options.events());
            say("%,d events in the topic after %.1f s", options.events(), seconds(start));
            for (int round = 1; round <= options.rounds(); round++) {
                for (String contender : options.contenders()) {
                    table.add(contender, one(contender, round, kafka, postgres));
                }
            }
        } finally {
            if (!options.keep()) {
                delete(options.directory().resolve("kafka"));
            }
        }
        return table;
    }

    private Measured one(String contender, int round, KafkaBroker kafka, PostgresServer postgres) throws Exception {
        String run = contender + "-" + round;
        String database = postgres.newDatabase();
        Task task = new Task(
                contender,
                options.events(),
                kafka.bootstrapServers(),
                TOPIC,
                TOPIC + "-dlq-" + run,
                database,
                postgres.user(),
                postgres.password(),
                Files.createDirectories(options.directory().resolve(run)));
        ContenderProcess process = new ContenderProcess(options);
        Measured measured = process.run(task, run);
        say(
                "%-16s %,12.0f events/s  %6.2f CPU s/M  %,6d MiB",
                run, measured.eventsPerSecond(), measured.cpuSecondsPerMillion(), measured.rssBytes() >> 20);
        if (options.profile()) {
            out.print(Profile.of(process.recording(run)));
        }
        if (!options.keep()) {
            delete(task.directory());
            postgres.execute(postgres.url(), "DROP DATABASE " + database.substring(database.lastIndexOf('/') + 1));
        }
        return measured;
    }

    private void say(String format, Object... arguments) {
        out.printf(format + "%n", arguments);
    }

    private static double seconds(long startNanos) {
        return (System.nanoTime() - startNanos) / 1e9;
    }

    private static void delete(Path directory) throws IOException {
        if (Files.exists(directory)) {
            List<Path> paths;
            try (Stream<Path> walk = Files.walk(directory)) {
                paths = walk.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path path : paths) {
                Files.deleteIfExists(path);
            }
        }
    }
}
