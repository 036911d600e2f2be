package dev.weir.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.ConfigLoader;
import dev.weir.config.WeirConfig;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventSourceTest {

    @ParameterizedTest
    @CsvSource({
        "catalog.yaml, , 5000",
        "catalog-arrays.yaml, , 1000",
        "catalog-arrays.yaml, 7, 7",
    })
    void aPollTakesFewerRecordsIfTheyAreArrays(String catalog, String configured, String records) {
        Map<String, String> options = new HashMap<>(Map.of(
                "weir.catalog", "src/test/resources/bench/" + catalog,
                "weir.kafka.bootstrap-servers", "localhost:9092",
                "weir.kafka.topics", "sensors"));
        if (configured != null) {
            options.put("weir.kafka.properties.max.poll.records", configured);
        }
        WeirConfig config =
                new ConfigLoader().load(Path.of("flink-conf"), options).config();
        assertThat(EventSource.consumer(config)).containsEntry("max.poll.records", records);
    }
}
