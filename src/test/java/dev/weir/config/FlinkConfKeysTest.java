package dev.weir.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.weir.config.parse.Problems;
import dev.weir.testing.FlinkOptionsOnClasspath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.metrics.reporter.MetricReporterFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

    /** An option that this Flink knows and the check does not would be refused, or "corrected" into another. */
    @Test
    void noOptionOfFlinkCountsAsMisspelt() {
        Map<String, String> others = new TreeMap<>();
        FLINK.keySet().stream()
                .filter(key -> !FlinkKeys.DECLARED.containsKey(key))
                .forEach(key -> others.put(key, "x"));
        Problems problems = new Problems();
        FlinkKeys.check(new OptionReader(OptionSource.ofDirectory(null, others, problems), problems));
        assertThat(problems.list()).isEmpty();
        assertThat(FlinkKeys.DECLARED).hasSizeGreaterThan(400);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            paralellism.default               | 2    | paralellism.default is not an option of Flink; did you mean parallelism.default?
            execution.checkpointing.intervall | 10 s | execution.checkpointing.intervall is not an option of Flink; did you mean execution.checkpointing.interval?
            execution.chekpointing.interval   | 10 s | execution.chekpointing.interval is not an option of Flink; did you mean execution.checkpointing.interval?
            taskmanager.numberOfTaskSlot      | 4    | taskmanager.numberOfTaskSlot is not an option of Flink; did you mean taskmanager.numberOfTaskSlots?
            taskmanager.memory.process.size   | lots | taskmanager.memory.process.size is wrong: "lots" is not of its type
            """)
    void namesAMisspeltKeyWithTheOneThatWasMeant(String key, String value, String message) {
        assertThat(problems(key, value)).singleElement().asString().startsWith("-D" + key + ": " + message);
    }

    /** A newer Flink may know it. */
    @Test
    void warnsOfAKeyThatItDoesNotKnow() {
        Problems problems = new Problems();
        OptionSource source = OptionSource.ofDirectory(null, Map.of("pipeline.quite-another", "x"), problems);
        FlinkKeys.check(new OptionReader(source, problems));
        assertThat(problems.list()).isEmpty();
        assertThat(problems.warnings())
                .singleElement()
                .hasToString(
                        "-Dpipeline.quite-another: pipeline.quite-another is not an option of this Flink; remove it");
    }

    /** Plugins, reporters, Kubernetes and file systems read keys that Flink declares nowhere, or only in part. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "s3.access-key",
                "s3.path-style-access",
                "fs.s3a.connection.maximum",
                "metrics.reporter.mine.factory.class",
                "kubernetes.operator.savepoint.history.max.count",
                "kubernetes.pod-template-file.default",
                "job.autoscaler.enabled",
                "env.java.opts.all",
                "containerized.master.env.X",
                "state.backend.forst.local-dir",
                "pipeline.global-job-parameters.x",
                "security.kerberos.access.hadoopFileSystems",
                "$internal.application.main"
            })
    void leavesAloneWhatItCannotKnow(String key) {
        assertThat(problems(key, "x")).isEmpty();
    }

    private static List<?> problems(String key, String value) {
        Problems problems = new Problems();
        FlinkKeys.check(new OptionReader(OptionSource.ofDirectory(null, Map.of(key, value), problems), problems));
        return problems.list();
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
