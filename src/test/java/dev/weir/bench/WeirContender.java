package dev.weir.bench;

import dev.weir.config.ConfigLoader;
import dev.weir.config.Resolved;
import dev.weir.config.WeirConfig;
import dev.weir.job.JobDefinition;
import java.util.Map;
import java.util.TreeMap;

/** The job as its users run it: the shipped configuration, both sinks, exactly once, to the end of the topic. */
final class WeirContender implements Contender {
    static final String PIPELINE = "bench";

    @Override
    public Measured run(Task task) throws Exception {
        Resolved resolved = config(task);
        try (LocalFlink flink = LocalFlink.start(resolved.flink(), task)) {
            return flink.measure(env -> JobDefinition.submit(env, resolved.config(), false), task);
        }
    }

    /** What the oracle judges by: without a database. */
    static WeirConfig verdicts(String bootstrapServers, String topic, String catalog) {
        return new ConfigLoader()
                .load(FlinkSettings.DIRECTORY, options(bootstrapServers, topic, catalog))
                .config();
    }

    private static Map<String, String> options(String bootstrapServers, String topic, String catalog) {
        Map<String, String> options = new TreeMap<>();
        options.put("weir.pipeline", PIPELINE);
        options.put("weir.catalog", catalog);
        options.put("weir.kafka.bootstrap-servers", bootstrapServers);
        options.put("weir.kafka.topics", topic);
        options.put("weir.time.disorder", "30 s");
        options.put("weir.time.lateness", "2 min");
        options.put("weir.windows", "1 min");
        return options;
    }

    private static Resolved config(Task task) {
        return new ConfigLoader().load(FlinkSettings.DIRECTORY, overrides(task));
    }

    /** In place of what is shipped. */
    static Map<String, String> overrides(Task task) {
        Map<String, String> overrides = FlinkSettings.ofRun(task);
        overrides.putAll(options(task.bootstrapServers(), task.topic(), task.catalog()));
        overrides.put("weir.kafka.start", "earliest");
        overrides.put("weir.kafka.stop", "latest");
        overrides.put("weir.dead-letter.topic", task.deadLetterTopic());
        overrides.put("weir.lake.path", FlinkSettings.uri(task.lake()));
        overrides.put("weir.postgres.url", task.postgresUrl());
        overrides.put("weir.postgres.user", task.postgresUser());
        overrides.put("weir.postgres.password", task.postgresPassword());
        overrides.putAll(task.extra());
        return overrides;
    }
}
