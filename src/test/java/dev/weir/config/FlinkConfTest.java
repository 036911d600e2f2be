package dev.weir.config;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.GlobalConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code flink-conf/config.yaml} says about Weir's options is true. */
class FlinkConfTest {
    private static final Path DIRECTORY = Path.of("flink-conf");
    private static final Pattern OPTION = Pattern.compile("^(?:# )?(weir\\.[a-z.-]+): (.+)$", Pattern.MULTILINE);
    private static final Pattern COMMENTED = Pattern.compile("^# (weir\\.[a-z.-]+): (.+)$", Pattern.MULTILINE);

    /** Named only in the comment of another one, so that nobody is led to it. */
    private static final ConfigOption<?> IN_PASSING = WeirOptions.POSTGRES_PASSWORD;

    @Test
    void passesCheckAsItIs() {
        WeirConfig config = new ConfigLoader().load(DIRECTORY, Map.of()).config();

        assertThat(config.kafka().topics()).containsExactly("sensor-readings");
        assertThat(config.catalog().metrics()).containsOnlyKeys("temperature", "humidity", "pressure");
    }

    @Test
    void passesCheckWithItsExampleOfPostgres() throws IOException {
        Map<String, String> postgres = matches(COMMENTED)
                .filter(match -> match.group(1).startsWith("weir.postgres."))
                .collect(toMap(match -> match.group(1), match -> match.group(2)));

        WeirConfig config = new ConfigLoader().load(DIRECTORY, postgres).config();

        assertThat(config.postgres().url()).isEqualTo("jdbc:postgresql://localhost:5432/weir");
    }

    @Test
    void namesEveryOptionAndNoOther() throws IOException {
        String properties = WeirOptions.KAFKA_PROPERTIES.key();
        List<String> named = matches(OPTION)
                .map(match -> match.group(1))
                .map(key -> key.startsWith(properties) ? properties : key)
                .distinct()
                .toList();

        assertThat(named)
                .containsExactlyInAnyOrderElementsOf(WeirOptions.ALL.stream()
                        .filter(option -> !IN_PASSING.equals(option))
                        .map(ConfigOption::key)
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("optionsWithDefault")
    void showsTheDefaultOfWhatIsCommentedOut(ConfigOption<?> option) throws IOException {
        Map<String, String> commented =
                matches(COMMENTED).collect(toMap(match -> match.group(1), match -> match.group(2)));

        assertThat(commented).containsKey(option.key());
        assertThat(Configuration.fromMap(commented).get(option)).isEqualTo(option.defaultValue());
    }

    static Stream<ConfigOption<?>> optionsWithDefault() {
        return WeirOptions.ALL.stream()
                .filter(ConfigOption::hasDefaultValue)
                .filter(option -> !option.equals(WeirOptions.KAFKA_PROPERTIES));
    }

    /** The tests run with pom's jvm.opens; a cluster runs with what this file says. */
    @Test
    void opensToAClusterWhatTheTestsRunWith() {
        Configuration flink = GlobalConfiguration.loadConfiguration(DIRECTORY.toString());
        List<String> opens = ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--add-opens="))
                .toList();

        assertThat(opens).isNotEmpty();
        assertThat(flink.get(CoreOptions.FLINK_JVM_OPTIONS)).contains(opens);
    }

    private static Stream<MatchResult> matches(Pattern pattern) throws IOException {
        return pattern.matcher(Files.readString(DIRECTORY.resolve("config.yaml")))
                .results();
    }
}
