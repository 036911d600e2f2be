package dev.weir.chaos;

import dev.weir.config.ConfigLoader;
import dev.weir.config.WeirConfig;
import dev.weir.testing.FlinkProcesses;
import dev.weir.testing.FreezingProxy;
import dev.weir.testing.KafkaBroker;
import dev.weir.testing.LakeDisk;
import dev.weir.testing.PostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** All parts of one run are up, in one directory; the job is not submitted yet. */
final class RunningCluster implements ChaosCluster, AutoCloseable {
    private static final Map<String, String> TOPIC =
            Map.of("max.message.bytes", "4194304", "message.timestamp.type", "CreateTime", "retention.ms", "-1");

    private final Random random;
    private final LakeDisk disk;
    private final Path files;
    private PostgresServer postgres;
    private FreezingProxy toPostgres;
    private KafkaBroker kafka;
    private FlinkProcesses flink;
    private String database;
    private SubmittedJob job;

    RunningCluster(Path directory, long seed) throws Exception {
        random = new Random(seed);
        files = Files.createDirectories(directory.resolve("files"));
        disk = LakeDisk.mount(directory.resolve("lake"), Settings.LAKE_BYTES);
        try {
            postgres = PostgresServer.start();
            database = postgres.newDatabase();
            toPostgres = FreezingProxy.before(postgres.port());
            kafka = KafkaBroker.startProcess(Files.createDirectories(directory.resolve("kafka")));
            kafka.createTopic(Settings.TOPIC, ChaosOptions.PARTITIONS, TOPIC);
            kafka.createTopic(Settings.FILES_TOPIC, ChaosOptions.PARTITIONS, TOPIC);
            Map<String, String> options = new TreeMap<>(Settings.cluster(directory));
            options.putAll(Settings.pipeline(
                    kafka.bootstrapServers(),
                    Settings.catalog(directory, files),
                    disk.directory(),
                    toPostgres.through(database),
                    postgres.user()));
            flink = FlinkProcesses.startHighlyAvailable(
                    Files.createDirectories(directory.resolve("flink")), options, Settings.TASK_MANAGERS);
            job = new SubmittedJob(flink, postgres, database);
        } catch (Exception e) {
            close();
            throw e;
        }
    }

    /** The folder of the announced files. */
    Path files() {
        return files;
    }

    /** What the job reads from {@code conf/}. */
    WeirConfig config() {
        return new ConfigLoader().load(flink.conf(), Map.of()).config();
    }

    @Override
    public FlinkProcesses flink() {
        return flink;
    }

    @Override
    public PostgresServer postgres() {
        return postgres;
    }

    @Override
    public FreezingProxy toPostgres() {
        return toPostgres;
    }

    @Override
    public String database() {
        return database;
    }

    @Override
    public KafkaBroker kafka() {
        return kafka;
    }

    @Override
    public Path lake() {
        return disk.directory();
    }

    @Override
    public LakeDisk disk() {
        return disk;
    }

    @Override
    public SubmittedJob job() {
        return job;
    }

    @Override
    public Random random() {
        return random;
    }

    @Override
    public void close() {
        if (flink != null) {
            flink.close();
        }
        if (kafka != null) {
            kafka.close();
        }
        if (toPostgres != null) {
            toPostgres.close();
        }
        if (postgres != null) {
            postgres.close();
        }
        disk.close();
    }
}
