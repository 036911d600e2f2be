package dev.weir.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.junit.jupiter.api.Test;

class WeirOptionsTest {
    /** The published options, literally: option = default. */
    private static final List<String> PUBLISHED = List.of(
            "weir.pipeline = weir",
            "weir.catalog = flink-conf/catalog.yaml",
            "weir.kafka.bootstrap-servers = ",
            "weir.kafka.topics = ",
            "weir.kafka.topic-pattern = ",
            "weir.kafka.group = ",
            "weir.kafka.start = committed-or-earliest",
            "weir.kafka.stop = never",
            "weir.kafka.properties = {isolation.level=read_committed}",
            "weir.time.disorder = 10 s",
            "weir.time.lateness = 1 h",
            "weir.time.future-skew = 5 min",
            "weir.time.idle-flush = 30 s",
            "weir.time.earliest = 2001-01-01",
            "weir.windows = 1 min; 1 h",
            "weir.state.retention = 30 d",
            "weir.lake.path = ",
            "weir.lake.compression = zstd",
            "weir.lake.max-open-files = 64",
            "weir.postgres.url = ",
            "weir.postgres.user = ",
            "weir.postgres.password = ",
            "weir.postgres.password-file = ",
            "weir.postgres.schema = public",
            "weir.postgres.delivery = exactly-once",
            "weir.postgres.migrate = true",
            "weir.postgres.max-pending = 256 mb",
            "weir.files.retention = 90 d",
            "weir.dead-letter.topic = ",
            "weir.dead-letter.payload = original",
            "weir.restore.rewind = false");

    @Test
    void theOptionsAndDefaultsAreThePublishedOnes() {
        assertThat(WeirOptions.ALL.stream().map(option -> option.key() + " = " + DefaultText.of(option)))
                .containsExactlyElementsOf(PUBLISHED);
    }

    @Test
    void everyOptionIsListedAndDescribed() {
        List<Object> declared = Arrays.stream(WeirOptions.class.getDeclaredFields())
                .filter(field -> Modifier.isStatic(field.getModifiers()) && field.getType() == ConfigOption.class)
                .map(WeirOptionsTest::read)
                .toList();
        assertThat(declared).isNotEmpty().containsExactlyInAnyOrderElementsOf(WeirOptions.ALL);
        assertThat(WeirOptions.ALL)
                .allMatch(option -> !option.description().getBlocks().isEmpty());
    }

    private static Object read(java.lang.reflect.Field field) {
        try {
            return field.get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
