package dev.weir.bench;

import dev.weir.testing.KafkaBroker;
import dev.weir.testing.PostgresServer;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.util.FileUtils;

/** {@code ./mvnw -Pbench}: feeds a topic for each fleet once, then runs the contenders on them in turns, and prints what each took. */
public final class Bench {
    private static final String WARMUP = "warmup-";

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
            BenchOptions options = BenchOptions.ofSystemProperties();
            switch (options.workload()) {
                case "postgres" -> PostgresCommitBench.main(args);
                case "W3" -> new LatencyBench(options, out).run();
                case "recovery" -> new RecoveryBench(options, out).run();
                default -> out.println(new Bench(options, out).run());
            }
        } catch (Exception | AssertionError failure) {
            failure.printStackTrace();
            exitCode = 1;
        }
        // Not return: threads of the servers may outlive their close.
        System.exit(exitCode);
    }

    BenchTable run() throws Exception {
        options.contenders().forEach(Contenders::of);
        options.emptyDirectory();
        BenchTable table = new BenchTable(options);
        try (KafkaBroker kafka = KafkaBroker.startProcess(
                        options.directory().resolve("kafka"), List.of("-Xmx512m", "-XX:+UseG1GC"));
                PostgresServer postgres = PostgresServer.start()) {
            feed(new Feeder(kafka));
            Map<Entrant, Truth> truths = truths(kafka);
            for (int round = 1; round <= options.rounds(); round++) {
                for (Entrant entrant : options.entrants()) {
                    table.add(entrant, one(entrant, round, kafka, postgres, truths));
                }
            }
        } finally {
            if (!options.keep()) {
                FileUtils.deleteDirectory(options.directory().resolve("kafka").toFile());
            }
        }
        return table;
    }

    private void feed(Feeder feeder) {
        Set<String> fed = new HashSet<>();
        for (Entrant entrant : options.entrants()) {
            String topic = entrant.topic();
            if (!fed.add(topic)) {
                continue;
            }
            long start = System.nanoTime();
            feeder.feed(topic, options.workload(entrant, options.seed()), options.events());
            if (options.warmup() > 0) {
                feeder.feed(WARMUP + topic, options.workload(entrant, -options.seed()), options.warmup());
            }
            say("%,d readings in %s after %.1f s", options.events(), topic, seconds(start));
        }
    }

    /** What each job of this run must come to; the limits come to nothing. */
    private Map<Entrant, Truth> truths(KafkaBroker kafka) {
        if (Boolean.getBoolean("weir.bench.unverified")) {
            say("NOT VERIFIED: for tuning only");
            return Map.of();
        }
        long start = System.nanoTime();
        Map<Entrant, Truth> truths = new ConcurrentHashMap<>();
        options.entrants().parallelStream()
                .filter(Entrant::hasOutputs)
                .forEach(entrant -> truths.put(entrant, truth(entrant, kafka)));
        say("the oracle has judged them after %.1f s", seconds(start));
        return truths;
    }

    private Truth truth(Entrant entrant, KafkaBroker kafka) {
        String topic = entrant.topic();
        return Truth.of(
                WeirContender.verdicts(kafka.bootstrapServers(), topic, options.catalogOfOracle(entrant.contender())),
                topic,
                Form.of(entrant.contender()).inFiles());
    }

    private static void verify(Task task, KafkaBroker kafka, Truth truth) throws SQLException {
        if (truth != null) {
            Verification verification = new Verification(task, kafka, truth);
            if (task.name().startsWith(Contenders.WEIR)) {
                verification.weir();
            } else {
                verification.plain();
            }
        }
    }

    private Measured one(
            Entrant entrant, int round, KafkaBroker kafka, PostgresServer postgres, Map<Entrant, Truth> truths)
            throws Exception {
        String run = options.label(entrant) + "-" + round;
        String topic = entrant.topic();
        Path directory = options.directory().resolve(run);
        if (options.warmup() > 0) {
            Path warmup = directory.resolve("warmup");
            task(entrant.contender(), WARMUP + topic, options.warmup(), warmup, kafka, postgres)
                    .write();
        }
        Task task = task(entrant.contender(), topic, options.events(), directory, kafka, postgres);
        ContenderProcess process = new ContenderProcess(options);
        Measured measured = process.run(task, run);
        verify(task, kafka, truths.get(entrant));
        say(
                "%-16s %,12.0f events/s  %6.2f CPU s/M  %,6d MiB",
                run, measured.eventsPerSecond(), measured.cpuSecondsPerMillion(), measured.rssBytes() >> 20);
        if (options.profile()) {
            out.print(Profile.of(process.recording(run)));
        }
        if (!options.keep()) {
            FileUtils.deleteDirectory(task.directory().toFile());
            String database = task.postgresUrl().substring(task.postgresUrl().lastIndexOf('/') + 1);
            postgres.execute(postgres.url(), "DROP DATABASE " + database);
        }
        return measured;
    }

    /** With a directory, a database and a dead-letter topic that nobody else has. */
    private Task task(
            String contender, String topic, long events, Path directory, KafkaBroker kafka, PostgresServer postgres)
            throws IOException {
        String deadLetters = topic + "-dlq-" + directory.getParent().relativize(directory) + "-" + System.nanoTime();
        kafka.createTopic(deadLetters, Feeder.PARTITIONS, Map.of("max.message.bytes", "1114124"));
        return new Task(
                contender,
                options.catalog(contender),
                events,
                kafka.bootstrapServers(),
                topic,
                deadLetters,
                postgres.newDatabase(),
                postgres.user(),
                postgres.password(),
                Files.createDirectories(directory),
                options.flink(),
                0);
    }

    private void say(String format, Object... arguments) {
        out.printf(format + "%n", arguments);
    }

    private static double seconds(long startNanos) {
        return (System.nanoTime() - startNanos) / 1e9;
    }
}
