package dev.weir.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.config.WeirConfig.Kafka;
import dev.weir.config.WeirConfig.Start;
import dev.weir.config.WeirConfig.Stop;
import dev.weir.failure.RefusedException;
import dev.weir.testing.KafkaConfigs;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** What is asked about splits before they are read. The broker is a map. */
class SplitPreparationTest {
    private static final TopicPartition PARTITION = new TopicPartition("readings", 0);
    private static final KafkaPartitionSplit PLAIN = new KafkaPartitionSplit(PARTITION, 10, 90);

    private final Map<String, String> broker = new HashMap<>(Map.of("readings", "id-1"));
    private final SplitPreparation preparation = new SplitPreparation(topics(), ids());

    @Test
    void learnsTheTopicOfASplitThatHasNone() {
        KafkaPartitionSplit prepared = preparation.prepared(List.of(PLAIN)).get(0);

        assertThat(prepared).isEqualTo(PLAIN);
        assertThat(IdentifiedSplit.topicId(prepared)).isEqualTo("id-1");
    }

    @Test
    void takesASplitOfTheSameTopic() {
        KafkaPartitionSplit split = IdentifiedSplit.of(PLAIN, "id-1");

        assertThat(preparation.prepared(List.of(split))).containsExactly(split);
    }

    @Test
    void refusesASplitOfATopicThatWasMadeAnew() {
        List<KafkaPartitionSplit> splits = List.of(IdentifiedSplit.of(PLAIN, "id-0"));

        assertThatThrownBy(() -> preparation.prepared(splits))
                .isInstanceOf(RefusedException.class)
                .hasMessageStartingWith("weir.kafka.topics: readings is not the topic")
                .hasMessageContaining("topic id id-1, in the state id-0")
                .hasMessageContaining("start without state and with weir.kafka.start: earliest");
    }

    /** Nothing can be read from it; when it is there again, it is another one. */
    @Test
    void keepsTheIdOfATopicThatIsGone() {
        broker.clear();
        KafkaPartitionSplit prepared =
                preparation.prepared(List.of(IdentifiedSplit.of(PLAIN, "id-1"))).get(0);

        assertThat(IdentifiedSplit.topicId(prepared)).isEqualTo("id-1");
    }

    @Test
    void resolvesStartsThatWereLeftToTheConsumer() {
        List<KafkaPartitionSplit> prepared = preparation.prepared(List.of(
                new KafkaPartitionSplit(PARTITION, KafkaPartitionSplit.EARLIEST_OFFSET),
                new KafkaPartitionSplit(new TopicPartition("readings", 1), KafkaPartitionSplit.COMMITTED_OFFSET)));

        assertThat(prepared).extracting(KafkaPartitionSplit::getStartingOffset).containsExactly(5L, 7L);
    }

    /** Partitions begin at 5; the group has committed 7. */
    private InputTopics topics() {
        return new InputTopics(new Properties()) {
            @Override
            Map<String, String> ids(Collection<String> topics, Duration within) {
                return broker;
            }

            @Override
            Map<TopicPartition, Long> resolved(Collection<TopicPartition> partitions, OffsetsInitializer rule) {
                Map<TopicPartition, Long> starts = new HashMap<>();
                partitions.forEach(partition -> starts.put(partition, rule == StartOffsets.EARLIEST ? 5L : 7L));
                return starts;
            }
        };
    }

    private static TopicIds ids() {
        return new TopicIds(new Kafka(
                "kafka:9092",
                List.of("readings"),
                null,
                "weir",
                KafkaConfigs.start(Start.Mode.EARLIEST),
                KafkaConfigs.stop(Stop.Mode.NEVER),
                Map.of()));
    }
}
