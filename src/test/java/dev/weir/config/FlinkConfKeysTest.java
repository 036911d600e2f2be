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
    void everySettingSaysWhy() throws IOException {
        List<String> unexplained = new ArrayList<>();
        boolean explained = false;
        for (String line : Files.readAllLines(DIRECTORY.resolve("config.yaml"))) {
            boolean setting = KEY.matcher(line).matches();
            if (setting && !explained && !line.startsWith("# ")) {
                unexplained.add(line);
            }
            explained = line.startsWith("# ") && !setting;
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
