package dev.weir.bench;

import dev.weir.WeirJob;
import dev.weir.config.ConfigLoader;
import dev.weir.config.Resolved;
import java.util.Map;

/** The job as its users run it: the shipped configuration, both sinks, exactly once, to the end of the topic. */
final class WeirContender implements Contender {
    static final String CATALOG = "src/test/resources/bench/catalog.yaml";
    static final String PIPELINE = "bench";

    @Override
    public Measured run(Task task) throws Exception {
        Resolved resolved = config(task);
        try (LocalFlink flink = LocalFlink.start(resolved.flink(), task)) {
            return flink.measure(env -> WeirJob.submit(env, resolved.config()), task.events());
        }
    }

    /** What the job is told, and what it is judged by. */
    static Resolved config(Task task) {
        Map<String, String> overrides = FlinkSettings.ofRun(task);
        overrides.put("weir.pipeline", PIPELINE);
        overrides.put("weir.catalog", CATALOG);
        overrides.put("weir.kafka.bootstrap-servers", task.bootstrapServers());
        overrides.put("weir.kafka.topics", task.topic());
        overrides.put("weir.kafka.start", "earliest");
        overrides.put("weir.kafka.stop", "latest");
        overrides.put("weir.dead-letter.topic", task.deadLetterTopic());
        overrides.put("weir.lake.path", FlinkSettings.uri(task.lake()));
        overrides.put("weir.postgres.url", task.postgresUrl());
        overrides.put("weir.postgres.user", task.postgresUser());
        overrides.put("weir.postgres.password", task.postgresPassword());
        overrides.put("weir.time.disorder", "30 s");
        overrides.put("weir.time.lateness", "2 min");
        overrides.put("weir.windows", "1 min");
        return new ConfigLoader().load(FlinkSettings.DIRECTORY, overrides);
    }
}
