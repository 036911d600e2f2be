package dev.weir.bench;

import dev.weir.testing.KafkaBroker;
import dev.weir.testing.PostgresServer;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** W3: at a steady rate, with a checkpoint each second, how long a result takes to be seen. */
final class LatencyBench {
    private static final String TOPIC = "latency";
    private static final int WINDOW_SECONDS = 5;
    private static final int DISORDER_SECONDS = 1;
    /**
     * Until the job has started, what is hot is compiled, and series are as long as they get, two minutes; what is sent
     * then is not looked at.
     */
    private static final int LEAD_SECONDS = Integer.getInteger("weir.bench.lead-seconds", 130);

    private static final int MEASURED_SECONDS = Integer.getInteger("weir.bench.seconds", 60);

    private final BenchOptions options;
    private final PrintStream out;

    LatencyBench(BenchOptions options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    void run() throws Exception {
        options.emptyDirectory();
        for (String delivery : List.of("exactly-once", "at-least-once")) {
            try (KafkaBroker kafka = KafkaBroker.startProcess(
                            Files.createDirectories(options.directory().resolve("kafka-" + delivery)),
                            List.of("-Xmx512m", "-XX:+UseG1GC"));
                    PostgresServer postgres = PostgresServer.start()) {
                measure(delivery, kafka, postgres);
            }
        }
    }

    private void measure(String delivery, KafkaBroker kafka, PostgresServer postgres) throws Exception {
        Feeder feeder = new Feeder(kafka);
        feeder.createTopic(TOPIC);
        SensorFleet fleet = new SensorFleet(options.series() / SensorFleet.METRICS, Feeder.PARTITIONS);
        PacedFleet paced =
                new PacedFleet(fleet, WINDOW_SECONDS * 1_000L, DISORDER_SECONDS * 1_000L, options.ratePerSecond());
        long from = System.currentTimeMillis() + LEAD_SECONDS * 1_000L;
        long until = from + MEASURED_SECONDS * 1_000L;
        Task task = task(delivery, until, kafka, postgres);
        CompletableFuture<Measured> job = CompletableFuture.supplyAsync(() -> process(task, "weir-" + delivery));
        try (RowArrivals rows = new RowArrivals(postgres.connect(task.postgresUrl()), watched(fleet), WINDOW_SECONDS);
                FileArrivals files = new FileArrivals(task.lake())) {
            feeder.stream(TOPIC, sink -> paced.sendUntil(until + 5_000, sink));
            Measured measured = job.get(5, TimeUnit.MINUTES);
            Latencies toRow = new Latencies();
            paced.due().forEach((row, due) -> {
                Long seen = rows.seen().get(row);
                if (due >= from && due < until) {
                    if (seen == null) {
                        throw new IllegalStateException("no row " + row + ", due since " + due);
                    }
                    toRow.add(seen - due);
                }
            });
            out.printf("PostgreSQL %s, %,d events/s, checkpoint each second%n", delivery, options.ratePerSecond());
            out.printf("  record that makes a row due to the row  %s%n", toRow);
            out.printf("  record to its file in the lake          %s%n", files.latencies(from, until));
            out.printf(
                    "  checkpoints %d, %d ms on average, %d ms at most%n",
                    measured.checkpoints(), measured.checkpointAverageMillis(), measured.checkpointMaxMillis());
        }
    }

    private Measured process(Task task, String run) {
        try {
            return new ContenderProcess(options).run(task, run);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static String[] watched(SensorFleet fleet) {
        return IntStream.range(0, fleet.sensors())
                .filter(sensor -> sensor % PacedFleet.WATCHED_EVERY == 0)
                .mapToObj(sensor -> new String(fleet.key(sensor), StandardCharsets.US_ASCII))
                .toArray(String[]::new);
    }

    private Task task(String delivery, long untilMillis, KafkaBroker kafka, PostgresServer postgres) throws Exception {
        Map<String, String> extra = new TreeMap<>();
        extra.put("weir.kafka.stop", "never");
        extra.put("weir.windows", WINDOW_SECONDS + " s");
        extra.put("weir.time.disorder", DISORDER_SECONDS + " s");
        extra.put("weir.postgres.delivery", delivery);
        extra.put("execution.checkpointing.interval", "1 s");
        extra.put("execution.checkpointing.min-pause", "0 s");
        Path directory = Files.createDirectories(options.directory().resolve("weir-" + delivery));
        return new Task(
                Contenders.WEIR,
                "src/test/resources/bench/catalog-plain.yaml",
                1,
                kafka.bootstrapServers(),
                TOPIC,
                TOPIC + "-dlq",
                postgres.newDatabase(),
                postgres.user(),
                postgres.password(),
                directory,
                extra,
                untilMillis + 10_000);
    }
}
