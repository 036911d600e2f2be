package dev.weir.demo;

import com.sun.management.OperatingSystemMXBean;
import dev.weir.config.Resolved;
import dev.weir.job.JobDefinition;
import dev.weir.testing.KafkaBroker;
import dev.weir.testing.PostgresServer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.apache.flink.core.execution.JobClient;

/**
 * {@code ./mvnw -Pdemo}: real air-quality readings through a real Kafka, the production job and a real PostgreSQL, to a summary. Exits
 * with 0 only if everything that came out equals what the oracle says.
 */
public final class Demo {
    private final Terminal terminal;
    private final DemoOptions options;

    private Demo(Terminal terminal, DemoOptions options) {
        this.terminal = terminal;
        this.options = options;
    }

    public static void main(String[] arguments) {
        int exitCode;
        try {
            exitCode = new Demo(Terminal.ofProcess(), DemoOptions.ofSystemProperties()).run() ? 0 : 1;
        } catch (Exception failure) {
            failure.printStackTrace();
            exitCode = 2;
        }
        // Not return: threads of the servers may outlive their close.
        System.exit(exitCode);
    }

    private boolean run() throws Exception {
        clear(options.directory());
        Excerpt excerpt = Excerpt.read();
        DemoFeed feed = DemoFeed.of(options, excerpt, System.currentTimeMillis());
        terminal.title("Weir: real readings from Kafka to Parquet and PostgreSQL, exactly once");
        terminal.line("  %s", "log: " + options.directory().resolve("demo.log"));
        try (KafkaBroker kafka = KafkaBroker.start(options.directory().resolve("kafka"));
                PostgresServer postgres = PostgresServer.start()) {
            DemoConfig configs = DemoConfig.of(options, kafka, postgres);
            terminal.line("  %-11s%s", "Kafka", kafka.bootstrapServers());
            terminal.line("  %-11s127.0.0.1:%d", "PostgreSQL", postgres.port());
            feed.send(kafka);
            terminal.line("  %-11s%s", "input", feed.describe());
            Resolved config = configs.bounded();
            try (DemoCluster cluster = DemoCluster.start(config.flink())) {
                terminal.line("  %-11s%s", "Flink", cluster.web());
                boolean passed = bounded(cluster, config, feed, kafka, postgres);
                if (options.keep()) {
                    keep(cluster, configs.live(), excerpt, kafka, postgres);
                }
                return passed;
            }
        }
    }

    private boolean bounded(
            DemoCluster cluster, Resolved config, DemoFeed feed, KafkaBroker kafka, PostgresServer postgres)
            throws Exception {
        terminal.title("The job runs to the end of the input");
        long startNanos = System.nanoTime();
        long startCpuNanos = cpuNanos();
        JobClient job = JobDefinition.submit(cluster.environment(config.flink()), config.config(), false);
        new DemoProgress(terminal, cluster.web(), job, feed.events()).await(startNanos);
        DemoSummary.Cost cost = new DemoSummary.Cost(
                Duration.ofNanos(System.nanoTime() - startNanos), Duration.ofNanos(cpuNanos() - startCpuNanos));
        terminal.line("  finished; comparing all that came out with the oracle ...");
        DemoOutputs outputs = new DemoOutputs(options.lake(), postgres, kafka);
        DemoCheck check = DemoCheck.compare(DemoConfig.ofRecords(options), feed, options.repeat(), outputs);
        new DemoSummary(terminal, options, check, outputs).print(feed, cost, kafka, postgres);
        return check.passed();
    }

    /** Of this process: Kafka and Flink, but not PostgreSQL. */
    private static long cpuNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    private void keep(DemoCluster cluster, Resolved live, Excerpt excerpt, KafkaBroker kafka, PostgresServer postgres)
            throws Exception {
        try (DemoReplay replay = new DemoReplay(kafka, excerpt, options.speed())) {
            // Ctrl-C runs no finally; the rest of what is left is below target/demo.
            Runtime.getRuntime().addShutdownHook(new Thread(postgres::close, "postgres-close"));
            replay.createTopic();
            JobClient job = JobDefinition.submit(cluster.environment(live.flink()), live.config(), false);
            replay.start();
            terminal.title("Live, until Ctrl-C");
            terminal.line(
                    "  job %s replays the input into topic %s, %,.0f times as fast as it was measured;",
                    job.getJobID(), DemoReplay.TOPIC, options.speed());
            terminal.line(
                    "  its rows are in schema \"live\" and in %s",
                    live.config().lake().path());
            new CountDownLatch(1).await();
        }
    }

    private static void clear(Path directory) throws IOException {
        if (Files.exists(directory)) {
            List<Path> paths;
            try (Stream<Path> walk = Files.walk(directory)) {
                paths = walk.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path path : paths) {
                // The log of this very run is open already.
                if (!path.endsWith("demo.log") && !path.equals(directory)) {
                    Files.delete(path);
                }
            }
        }
        Files.createDirectories(directory);
    }
}
