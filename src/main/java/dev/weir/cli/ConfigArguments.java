package dev.weir.cli;

import dev.weir.config.ConfigLoader;
import dev.weir.config.Resolved;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.configuration.ConfigConstants;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Where a command takes its configuration from. */
@Command(name = "weir")
final class ConfigArguments {
    private static final Path DEFAULT_DIRECTORY = Path.of("flink-conf");

    @Option(
            names = "--conf-dir",
            paramLabel = "<directory>",
            description = "Directory of config.yaml. Default: $FLINK_CONF_DIR, or flink-conf if there is one.")
    private Path directory;

    @Option(
            names = "-D",
            paramLabel = "<key>=<value>",
            description = "Sets an option, of Weir's or Flink's, above the file. Can be repeated.")
    private Map<String, String> overrides = new LinkedHashMap<>();

    Map<String, String> overrides() {
        return overrides;
    }

    Resolved load(ConfigLoader loader) {
        String environment = System.getenv(ConfigConstants.ENV_FLINK_CONF_DIR);
        Path chosen = directory;
        if (chosen == null && environment != null && !environment.isBlank()) {
            chosen = Path.of(environment);
        } else if (chosen == null && Files.exists(DEFAULT_DIRECTORY)) {
            chosen = DEFAULT_DIRECTORY;
        }
        return loader.load(chosen, overrides);
    }
}
