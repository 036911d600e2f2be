package dev.weir.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A directory with a good catalog.yaml and with whatever config.yaml a test writes. */
record ConfigFiles(Path directory) {
    /** The least that a configuration needs. */
    static final String LEAST =
            """
            weir.kafka.bootstrap-servers: localhost:9092
            weir.kafka.topics: sensors
            weir.lake.path: file:///tmp/lake
            execution.checkpointing.interval: 10 s
            """;

    static ConfigFiles in(Path directory) throws IOException {
        try (var in = ConfigFiles.class.getResourceAsStream("/config/design-catalog.yaml")) {
            Files.copy(in, directory.resolve("catalog.yaml"));
        }
        return new ConfigFiles(directory);
    }

    /** Returns what a problem at that line of config.yaml begins with; line 0 for the file as a whole. */
    String at(int line) {
        return directory.resolve("config.yaml") + (line == 0 ? "" : ":" + line) + ": ";
    }

    /** Writes config.yaml and loads it. */
    Resolved load(String yaml, Map<String, String> overrides) throws IOException {
        Files.writeString(directory.resolve("config.yaml"), yaml);
        return new ConfigLoader().load(directory, overrides);
    }

    /** Writes config.yaml and returns the problems for which it is refused. */
    List<String> problems(String yaml, Map<String, String> overrides) {
        var refusal = catchThrowableOfType(ConfigurationException.class, () -> load(yaml, overrides));
        assertThat(refusal).isNotNull();
        return refusal.problems().stream().map(Object::toString).toList();
    }
}
