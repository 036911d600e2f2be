package dev.weir.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** Where restored splits end. No broker: the ends come from an initializer that needs none. */
class StopsTest {
    private static final TopicPartition PARTITION = new TopicPartition("readings", 0);
    private static final KafkaPartitionSplit ENDLESS = new KafkaPartitionSplit(PARTITION, 90);
    private static final KafkaPartitionSplit ENDING = new KafkaPartitionSplit(PARTITION, 90, 100);

    private final Stops unbounded = new Stops(client(), null);
    private final Stops bounded = new Stops(client(), OffsetsInitializer.offsets(Map.of(PARTITION, 120L)));

    @Test
    void aBoundedRunGivesAnEndToARestoredSplitWithoutOne() {
        assertThat(bounded.set(List.of(ENDLESS))).containsExactly(new KafkaPartitionSplit(PARTITION, 90, 120));
    }

    @Test
    void aBoundedRunMovesNoEndThatIsThere() {
        assertThat(bounded.set(List.of(ENDING))).containsExactly(ENDING);
        assertThat(bounded.taken(state(ENDING)).assignedSplits()).containsExactly(ENDING);
    }

    @Test
    void anUnboundedRunLeavesSplitsAsTheyAre() {
        assertThat(unbounded.set(List.of(ENDLESS))).containsExactly(ENDLESS);
        assertThat(unbounded.taken(state(ENDLESS)).assignedSplits()).containsExactly(ENDLESS);
    }

    @Test
    void anUnboundedRunRefusesTheStateOfABoundedOne() {
        assertThatThrownBy(() -> unbounded.taken(state(ENDING))).hasMessageContaining("weir.kafka.stop");
    }

    /** Also if it began as an unbounded one: the enumerator's splits are marked when it is restored. */
    @Test
    void anUnboundedRunRefusesTheStateOfARunThatBecameBounded() {
        KafkaSourceEnumState becameBounded = bounded.taken(state(ENDLESS));

        assertThatThrownBy(() -> unbounded.taken(becameBounded)).hasMessageContaining("weir.kafka.stop");
    }

    private static KafkaSourceEnumState state(KafkaPartitionSplit assigned) {
        return new KafkaSourceEnumState(List.of(assigned), List.of(), true);
    }

    private static Properties client() {
        Properties client = new Properties();
        client.setProperty("bootstrap.servers", "127.0.0.1:1");
        client.setProperty("group.id", "weir");
        return client;
    }
}
