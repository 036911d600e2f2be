package dev.weir.demo;

import dev.weir.config.ConfigLoader;
import dev.weir.config.Resolved;
import dev.weir.config.WeirConfig;
import dev.weir.testing.KafkaBroker;
import dev.weir.testing.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** The demo's configuration: {@code flink-conf/config.yaml}, as on a cluster, with overrides that name this machine's parts. */
final class DemoConfig {
    static final String PIPELINE = "demo";

    private static final Path DIRECTORY = Path.of("flink-conf");
    private static final String CATALOG = "src/test/resources/demo/catalog.yaml";
    /** The same rules for rows in files; the folder is to be put in. */
    private static final Path FILES_CATALOG = Path.of("src/test/resources/demo/catalog-files.yaml");

    private final DemoOptions options;
    private final Map<String, String> servers;

    private DemoConfig(DemoOptions options, Map<String, String> servers) {
        this.options = options;
        this.servers = servers;
    }

    static DemoConfig of(DemoOptions options, KafkaBroker kafka, PostgresServer postgres) {
        return new DemoConfig(
                options,
                Map.of(
                        "weir.kafka.bootstrap-servers", kafka.bootstrapServers(),
                        "weir.postgres.url", postgres.url(),
                        "weir.postgres.user", postgres.user(),
                        "weir.postgres.password", postgres.password()));
    }

    /** Enough for verdicts; the broker is not there. */
    static DemoConfig withoutServers(DemoOptions options) {
        return new DemoConfig(options, Map.of("weir.kafka.bootstrap-servers", "127.0.0.1:9092"));
    }

    /** Returns what the oracle judges by: the rows are the same whether they are records or in files. */
    static WeirConfig ofRecords(DemoOptions options) {
        DemoOptions records =
                new DemoOptions(options.keep(), options.speed(), options.repeat(), false, options.directory());
        return withoutServers(records).bounded().config();
    }

    /** To the end of what the topic holds at the start. */
    Resolved bounded() {
        Map<String, String> overrides = overrides(PIPELINE, DemoOptions.TOPIC, options.lake(), "public");
        overrides.put("weir.kafka.stop", "latest");
        return load(overrides);
    }

    /** Beside the first: with a topic, a lake and a schema of its own, without an end. */
    Resolved live() {
        Map<String, String> overrides =
                overrides("demo-live", DemoReplay.TOPIC, options.directory().resolve("lake-live"), "live");
        overrides.put("weir.catalog", CATALOG);
        return load(overrides);
    }

    private static Resolved load(Map<String, String> overrides) {
        return new ConfigLoader().load(DIRECTORY, overrides);
    }

    private Map<String, String> overrides(String pipeline, String topic, Path lake, String schema) {
        Map<String, String> overrides = new TreeMap<>(servers);
        overrides.put("weir.pipeline", pipeline);
        overrides.put("weir.catalog", options.files() ? catalogOfFiles() : CATALOG);
        overrides.put("weir.kafka.topics", topic);
        overrides.put("weir.kafka.start", "earliest");
        overrides.put("weir.lake.path", lake.toUri().toString());
        if (servers.containsKey("weir.postgres.url")) {
            overrides.put("weir.postgres.schema", schema);
        }
        // Hourly readings: a window waits for the next one, and a day is a round number of them.
        overrides.put("weir.time.disorder", "1 h");
        overrides.put("weir.time.lateness", "3 h");
        overrides.put("weir.windows", "1 d; 7 d");
        overrides.put("execution.checkpointing.dir", uri("checkpoints"));
        overrides.put("execution.checkpointing.savepoint-dir", uri("savepoints"));
        overrides.put("parallelism.default", "2");
        return overrides;
    }

    private String catalogOfFiles() {
        Path catalog = options.directory().resolve("catalog.yaml");
        try {
            String text = Files.readString(FILES_CATALOG);
            Files.writeString(
                    catalog,
                    text.replace("file:///files/", options.files("").toUri().toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return catalog.toString();
    }

    private String uri(String name) {
        return options.directory().resolve(name).toUri().toString();
    }
}
