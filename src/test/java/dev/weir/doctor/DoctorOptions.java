package dev.weir.doctor;

import dev.weir.testing.KafkaBroker;
import dev.weir.testing.PostgresServer;
import dev.weir.testing.pipeline.SampleFeed;
import java.nio.file.Path;
import java.util.Map;

/** Options of a start that {@code doctor} examines. */
final class DoctorOptions {
    private static final PostgresServer POSTGRES = PostgresServer.shared();

    private DoctorOptions() {}

    /** The sample feed's topic, a lake and checkpoints below the directory, and a database. */
    static Map<String, String> of(KafkaBroker broker, String name, String database, Path directory) {
        Map<String, String> options =
                new SampleFeed(broker, name, directory.resolve("lakes")).options(database, POSTGRES.user());
        options.put("weir.catalog", "flink-conf/catalog.yaml");
        options.put("execution.checkpointing.interval", "10 s");
        options.put(
                "execution.checkpointing.dir",
                directory.resolve("checkpoints").toUri().toString());
        options.put(
                "execution.checkpointing.savepoint-dir",
                directory.resolve("savepoints").toUri().toString());
        options.put("parallelism.default", "2");
        // A Flink that happens to run on this machine is not asked for its slots.
        options.put("rest.port", "1");
        return options;
    }

    /** The same without PostgreSQL. */
    static Map<String, String> withoutDatabase(KafkaBroker broker, String name, Path directory) {
        Map<String, String> options = of(broker, name, "", directory);
        options.keySet().removeIf(key -> key.startsWith("weir.postgres."));
        return options;
    }

    /** A new role without any right of its own. */
    static Map<String, String> withWriter(Map<String, String> options) {
        String role = options.get("weir.pipeline").replace('-', '_');
        POSTGRES.execute(
                options.get("weir.postgres.url"),
                "CREATE ROLE " + role + " LOGIN PASSWORD '" + SampleFeed.PASSWORD + "'");
        options.put("weir.postgres.user", role);
        options.put("weir.postgres.migrate", "false");
        return options;
    }
}
