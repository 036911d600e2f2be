package dev.weir.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.weir.testing.FlinkOptionsOnClasspath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.metrics.reporter.MetricReporterFactory;
import org.junit.jupiter.api.Test;

/** Flink takes any key and says nothing of one that it does not know; so each in {@code flink-conf/config.yaml} is looked up here. */
class FlinkConfKeysTest {
    private static final Path DIRECTORY = Path.of("flink-conf");
    private static final Configuration SHIPPED = GlobalConfiguration.loadConfiguration(DIRECTORY.toString());
    private static final Map<String, ConfigOption<?>> FLINK =
            FlinkOptionsOnClasspath.byKey(List.of(SHIPPED.getString("metrics.reporters", "")));

    /** A key, set or commented out. */
    private static final Pattern KEY = Pattern.compile("^(# )?[a-z][a-zA-Z0-9-]*(\\.[a-zA-Z0-9-]+)+: .*");

    @Test
    void everyKeyIsOneOfFlinkOrWeir() {
        assertThat(SHIPPED.keySet()).hasSizeGreaterThan(30);
        assertThat(SHIPPED.keySet()).filteredOn(key -> !key.startsWith("weir.")).allSatisfy(key -> assertThat(FLINK)
                .containsKey(key));
        assertThatCode(() -> new ConfigLoader().load(DIRECTORY, Map.of()))
                .as("Weir's own")
                .doesNotThrowAnyException();
    }

    @Test
    void noKeyIsAnOldNameThatFlinkMayForget() {
        assertThat(SHIPPED.keySet()).filteredOn(FLINK::containsKey).allSatisfy(key -> assertThat(key)
                .isEqualTo(FLINK.get(key).key()));
    }

    @Test
    void everyValueIsOfItsOptionsType() {
        assertThat(SHIPPED.keySet()).filteredOn(FLINK::containsKey).allSatisfy(key -> assertThatCode(
                        () -> SHIPPED.get(FLINK.get(key)))
                .doesNotThrowAnyException());
    }

    @Test
    void everySettingSaysWhyAloneOrWithItsGroup() throws IOException {
        List<String> unexplained = new ArrayList<>();
        String explained = null; // the group of keys that the comment above is about: any at first
        for (String line : Files.readAllLines(DIRECTORY.resolve("config.yaml"))) {
            boolean commented = line.startsWith("# ");
            if (!KEY.matcher(line).matches()) {
                explained = commented ? "" : null;
            } else if (!commented) {
                String key = line.substring(0, line.indexOf(": "));
                if (explained == null || !key.startsWith(explained)) {
                    unexplained.add(line);
                }
                explained = key.substring(0, key.lastIndexOf('.') + 1);
            }
        }

        assertThat(unexplained).isEmpty();
    }

    @Test
    void theReporterThatIsNamedIsThere() throws ReflectiveOperationException {
        String name = SHIPPED.getString("metrics.reporters", "");
        String factory = SHIPPED.getString("metrics.reporter." + name + ".factory.class", "");

        assertThat(Class.forName(factory).getDeclaredConstructor().newInstance())
                .isInstanceOf(MetricReporterFactory.class);
    }
}
