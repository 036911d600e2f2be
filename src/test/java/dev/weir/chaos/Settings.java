package dev.weir.chaos;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** What a run sets besides what {@code flink-conf/} ships: addresses, and times so short that much can happen in a minute. */
final class Settings {
    static final int TASK_MANAGERS = 2;
    static final int SLOTS = 2;
    static final int PARALLELISM = 2;
    static final String TOPIC = "chaos";
    /** Announces files. */
    static final String FILES_TOPIC = "chaos-files";
    /** Memory, so no more than an hour needs. */
    static final long LAKE_BYTES = 2L << 30;

    static final Duration SESSION_TIMEOUT = Duration.ofSeconds(6);

    private Settings() {}

    static Map<String, String> cluster(Path directory) {
        Map<String, String> options = new TreeMap<>();
        options.put("execution.checkpointing.interval", "1 s");
        options.put("execution.checkpointing.min-pause", "200 ms");
        // Less than the heartbeat's, so that a checkpoint can time out while everybody is alive.
        options.put("execution.checkpointing.timeout", "8 s");
        options.put("heartbeat.interval", "1 s");
        options.put("heartbeat.timeout", "12 s");
        options.put("high-availability.zookeeper.client.session-timeout", SESSION_TIMEOUT.toSeconds() + " s");
        options.put("execution.checkpointing.dir", below(directory, "checkpoints"));
        options.put("execution.checkpointing.savepoint-dir", below(directory, "savepoints"));
        options.put("taskmanager.numberOfTaskSlots", Integer.toString(SLOTS));
        // Else one TaskManager has all subtasks, and none survives it.
        options.put("taskmanager.load-balance.mode", "SLOTS");
        // Numbers of checkpoints of a minute or more are looked back at.
        options.put("web.checkpoints.history", "200");
        // How old an answer of REST may be.
        options.put("web.refresh-interval", "200 ms");
        return options;
    }

    /** The pipeline's. */
    static Map<String, String> pipeline(
            String bootstrapServers, Path catalog, Path lake, String database, String user) {
        Map<String, String> options = new TreeMap<>();
        options.put("weir.pipeline", "chaos");
        options.put("weir.catalog", catalog.toString());
        options.put("weir.kafka.bootstrap-servers", bootstrapServers);
        options.put("weir.kafka.topics", "[" + TOPIC + ", " + FILES_TOPIC + "]");
        options.put("weir.dead-letter.topic", TOPIC + "-dlq");
        options.put("weir.windows", "[10 s, 1 min, 1 h]");
        options.put("weir.lake.path", lake.toUri().toString());
        options.put("weir.postgres.url", database);
        options.put("weir.postgres.user", user);
        options.put("weir.postgres.password", "unused");
        return options;
    }

    private static String below(Path directory, String name) {
        return directory.resolve(name).toUri().toString();
    }

    /** Writes the catalog, with the folder of the announced files put in. */
    static Path catalog(Path directory, Path files) throws IOException {
        try (InputStream in = Settings.class.getResourceAsStream("/chaos/catalog-files.yaml")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            Path catalog = directory.resolve("catalog.yaml");
            return Files.writeString(
                    catalog, text.replace("file:///files/", files.toUri().toString()));
        }
    }
}
