package dev.weir.cli;

import dev.weir.config.ConfigLoader;
import dev.weir.config.Resolved;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.ConfigConstants;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Reads the configuration that a command's arguments name. */
@Command(name = "weir")
final class ConfigArguments {
    private static final Path DEFAULT_DIRECTORY = Path.of("flink-conf");

    @Option(
            names = "--conf-dir",
            paramLabel = "<directory>",
            description =
                    "Directory of config.yaml and catalog.yaml. Default: $FLINK_CONF_DIR, else ./flink-conf if it exists.")
    private Path directory;

    @Option(
            names = "-D",
            paramLabel = "<key>=<value>",
            converter = SettingConverter.class,
            description = "Sets an option of Weir or Flink, which overrides the file. Can be repeated.")
    // Do not make it a Map: picocli then prints a warning about odd quotes with the value, which may be a secret.
    private List<Setting> overrides = new ArrayList<>();

    private record Setting(String key, String value) {}

    Map<String, String> overrides() {
        Map<String, String> values = new LinkedHashMap<>();
        overrides.forEach(setting -> values.put(setting.key(), setting.value()));
        return values;
    }

    Resolved load(ConfigLoader loader) {
        String environment = System.getenv(ConfigConstants.ENV_FLINK_CONF_DIR);
        Path chosen = directory;
        if (chosen == null && environment != null && !environment.isBlank()) {
            chosen = Path.of(environment);
        } else if (chosen == null && Files.exists(DEFAULT_DIRECTORY)) {
            chosen = DEFAULT_DIRECTORY;
        }
        return loader.load(chosen, overrides());
    }

    /** Parses a setting. Its error does not repeat the text, which may be a secret. */
    private static final class SettingConverter implements ITypeConverter<Setting> {
        @Override
        public Setting convert(String text) {
            int equals = text.indexOf('=');
            if (equals < 1) {
                throw new TypeConversionException("must be <key>=<value>");
            }
            return new Setting(text.substring(0, equals), text.substring(equals + 1));
        }
    }
}
