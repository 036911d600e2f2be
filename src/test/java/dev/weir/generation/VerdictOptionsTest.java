package dev.weir.generation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.ConfigLoader;
import dev.weir.config.OptionGroup;
import dev.weir.config.OptionReference;
import dev.weir.config.WeirOptions;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The options that begin a generation when they change are those of which the reference says so. */
class VerdictOptionsTest {

    @ParameterizedTest
    @MethodSource("options")
    void theReferenceSaysWhetherAChangeBeginsAGeneration(OptionGroup.Entry entry) {
        Map<String, String> options = new TreeMap<>(Map.of("weir.dead-letter.topic", "rejects"));
        String before = fingerprint(options);
        options.put(entry.option().key(), entry.example());
        if (entry.option().equals(WeirOptions.KAFKA_TOPIC_PATTERN)) {
            options.put("weir.kafka.topics", ""); // takes back what the file sets
        }

        assertThat(!fingerprint(options).equals(before))
                .isEqualTo(entry.onRestore() == OptionGroup.OnRestore.NEW_GENERATION);
    }

    static Stream<OptionGroup.Entry> options() {
        return OptionReference.GROUPS.stream()
                .flatMap(group -> group.entries().stream())
                .filter(entry -> !entry.option().equals(WeirOptions.CATALOG)); // its content counts, not its place
    }

    private static String fingerprint(Map<String, String> options) {
        return Verdicts.fingerprint(
                new ConfigLoader().load(Path.of("flink-conf"), options).config());
    }
}
