package dev.weir.bench;

import static org.awaitility.Awaitility.await;

import dev.weir.chaos.SubmittedJob;
import dev.weir.testing.FlinkProcess;
import dev.weir.testing.FlinkProcesses;
import dev.weir.testing.KafkaBroker;
import dev.weir.testing.PostgresServer;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;

/**
 * The job jar on real processes, with state of so many series and events at a steady rate: the TaskManager that runs it is killed
 * with {@code kill -9} and, once with another one waiting and once started again at once, how long it takes until events flow again.
 */
final class RecoveryBench {
    private static final String TOPIC = "recovery";
    /** Of each series before the first kill. */
    private static final int READINGS = 3;

    private static final long INTERVAL_MILLIS = FlinkSettings.shipped(Map.of())
            .get(CheckpointingOptions.CHECKPOINTING_INTERVAL)
            .toMillis();

    private static final Duration READ_WITHIN = Duration.ofMinutes(30);
    private static final Duration WITHIN = Duration.ofMinutes(5);

    private final BenchOptions options;
    private final PrintStream out;

    RecoveryBench(BenchOptions options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    void run() throws Exception {
        if (!Files.exists(Path.of(System.getProperty("weir.jar")))) {
            throw new IllegalStateException("no job jar, make it with ./mvnw -DskipTests package");
        }
        options.emptyDirectory();
        try (KafkaBroker kafka = KafkaBroker.startProcess(
                        Files.createDirectories(options.directory().resolve("kafka")),
                        List.of("-Xmx512m", "-XX:+UseG1GC"));
                PostgresServer postgres = PostgresServer.start()) {
            Task task = task(kafka, postgres);
            try (FlinkProcesses flink = FlinkProcesses.start(
                    Files.createDirectories(task.directory().resolve("flink")), WeirContender.overrides(task), 2)) {
                SubmittedJob job = new SubmittedJob(flink, postgres, task.postgresUrl());
                measure(kafka, flink, job);
            }
        }
    }

    private void measure(KafkaBroker kafka, FlinkProcesses flink, SubmittedJob job) throws Exception {
        Feeder feeder = new Feeder(kafka);
        feeder.createTopic(TOPIC);
        // Windows and disorder only concern what W3 remembers.
        PacedFleet fleet = new PacedFleet(
                new SensorFleet(options.series() / SensorFleet.METRICS, Feeder.PARTITIONS),
                60_000,
                30_000,
                options.ratePerSecond());
        feeder.stream(TOPIC, sink -> fleet.sendEach(READINGS, sink));
        job.submit(Task.THREADS, null);
        long fed = (long) options.series() / SensorFleet.METRICS * SensorFleet.METRICS * READINGS;
        await("all is in the books")
                .atMost(READ_WITHIN)
                .until(() -> job.eventsInBooks().orElse(0) >= fed);
        RunningJob running = RunningJob.of(flink, job);
        AtomicBoolean feeding = new AtomicBoolean(true);
        CompletableFuture<Void> feed =
                CompletableFuture.runAsync(() -> feeder.stream(TOPIC, sink -> fleet.sendWhile(feeding::get, sink)));
        out.printf(
                "%,d series, %,d events a second; state of a checkpoint %,d MiB%n",
                options.series(), options.ratePerSecond(), running.checkpointBytes() >> 20);
        kills(flink, running);
        feeding.set(false);
        feed.get(1, TimeUnit.MINUTES);
        if (job.isOver()) {
            throw new IllegalStateException("the job is over: " + job.failure());
        }
    }

    private void kills(FlinkProcesses flink, RunningJob running) {
        RecoveryTable standby = new RecoveryTable("another TaskManager with free slots");
        for (int round = 1; round <= options.rounds(); round++) {
            standby.add(kill(round, running, false));
            flink.restartEnded();
            await("a TaskManager with free slots").atMost(WITHIN).until(() -> !running.idle()
                    .isEmpty());
        }
        out.println(standby);
        running.idle().forEach(FlinkProcess::kill);
        await("one TaskManager").atMost(WITHIN).until(() -> flink.registeredTaskManagers() == 1);
        RecoveryTable restarted = new RecoveryTable("the only TaskManager, started again at once");
        for (int round = 1; round <= options.rounds(); round++) {
            restarted.add(kill(round, running, true));
        }
        out.println(restarted);
    }

    /**
     * Kills after two further checkpoints, each round at another point between them: heartbeats have an interval of their own, and
     * what is found out with them would take equally long each time. What follows has come to rest when it returns.
     */
    private Map<String, Long> kill(int round, RunningJob running, boolean startAgain) {
        long checkpoint = running.lastCheckpoint();
        await("two checkpoints").atMost(WITHIN).until(() -> running.lastCheckpoint() >= checkpoint + 2);
        long pause = INTERVAL_MILLIS * (2L * round - 1) / (2L * options.rounds());
        long last = System.currentTimeMillis();
        await("a point between checkpoints").atMost(WITHIN).until(() -> System.currentTimeMillis() - last >= pause);
        FlinkProcess victim = running.busy();
        long killed = System.currentTimeMillis();
        victim.kill();
        if (startAgain) {
            victim.start();
        }
        Map<String, Long> after = running.recovered(killed);
        out.println("  " + victim.id() + " killed: " + after);
        return after;
    }

    private Task task(KafkaBroker kafka, PostgresServer postgres) throws Exception {
        Configuration shipped = FlinkSettings.shipped(Map.of());
        Map<String, String> extra = new TreeMap<>();
        extra.put(
                "weir.catalog",
                Path.of(options.catalog(Contenders.WEIR)).toAbsolutePath().toString());
        extra.put("weir.kafka.stop", "never");
        extra.put("restart-strategy.type", "exponential-delay");
        // Else a kill soon after another one is answered with a longer wait.
        extra.put("restart-strategy.exponential-delay.reset-backoff-threshold", "10 s");
        // In place of the tests' small ones, and of their compiler.
        for (String key : List.of(
                "jobmanager.memory.process.size",
                "taskmanager.memory.process.size",
                "taskmanager.memory.managed.size")) {
            extra.put(key, shipped.toMap().get(key));
        }
        extra.put("env.java.opts.all", shipped.get(CoreOptions.FLINK_JVM_OPTIONS) + " -XX:TieredStopAtLevel=4");
        // How old an answer of REST may be.
        extra.put("web.refresh-interval", "50 ms");
        extra.put("metrics.fetcher.update-interval", "50 ms");
        return new Task(
                Contenders.WEIR,
                options.catalog(Contenders.WEIR),
                0,
                kafka.bootstrapServers(),
                TOPIC,
                TOPIC + "-dlq",
                postgres.newDatabase(),
                postgres.user(),
                postgres.password(),
                Files.createDirectories(options.directory().resolve("recovery")),
                extra,
                0);
    }
}
