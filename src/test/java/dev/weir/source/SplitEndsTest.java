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
class SplitEndsTest {
    private static final TopicPartition PARTITION = new TopicPartition("readings", 0);
    private static final KafkaPartitionSplit ENDLESS = new KafkaPartitionSplit(PARTITION, 90);
    private static final KafkaPartitionSplit ENDING = new KafkaPartitionSplit(PARTITION, 90, 100);

    private final SplitEnds unbounded = new SplitEnds(client(), null, null);
    private final SplitEnds bounded =
            new SplitEnds(client(), OffsetsInitializer.offsets(Map.of(PARTITION, 120L)), null);

    private final SplitEnds resolved =
            new SplitEnds(client(), OffsetsInitializer.latest(), new EndOffsets(Map.of(PARTITION, 200L)));

    @Test
    void aBoundedRunGivesAnEndToARestoredSplitWithoutOne() {
        assertThat(bounded.set(List.of(ENDLESS), true)).containsExactly(new KafkaPartitionSplit(PARTITION, 90, 120));
    }

    @Test
    void aBoundedRunMovesNoEndThatIsThere() {
        assertThat(bounded.set(List.of(ENDING), true)).containsExactly(ENDING);
        assertThat(bounded.taken(state(ENDING)).assignedSplits()).containsExactly(ENDING);
    }

    @Test
    void anUnboundedRunLeavesSplitsAsTheyAre() {
        assertThat(unbounded.set(List.of(ENDLESS), true)).containsExactly(ENDLESS);
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

    @Test
    void theEndsOfARunAreItsOwnWhateverTheStateSaysOfOthers() {
        // A later run goes on from the position; a fresh split's end is the one that was resolved at the submission.
        assertThat(resolved.set(List.of(ENDLESS), true)).containsExactly(new KafkaPartitionSplit(PARTITION, 90, 200));
        assertThat(resolved.set(List.of(ENDING), false)).containsExactly(new KafkaPartitionSplit(PARTITION, 90, 200));
    }

    @Test
    void anEndInStateIsAnEarlierReleasesAndStays() {
        assertThat(resolved.set(List.of(ENDING), true)).containsExactly(ENDING);
    }

    @Test
    void theStateOfARunThatRemembersWhatIsFinishedSuitsEveryRun() {
        KafkaSourceEnumState state = SplitEnds.withoutEnds(resolved.taken(state(ENDING)));

        assertThat(unbounded.taken(state).assignedSplits()).containsExactly(ENDLESS);
        assertThat(bounded.taken(SplitEnds.withoutEnds(state(ENDING))).assignedSplits())
                .hasSize(1);
    }

    @Test
    void aFinishedSplitGoesOnAtItsEndOrWhereItBeganBehindIt() {
        assertThat(SplitEnds.finished(new KafkaPartitionSplit(PARTITION, 90, 120)))
                .isEqualTo(new KafkaPartitionSplit(PARTITION, 120));
        assertThat(SplitEnds.finished(new KafkaPartitionSplit(PARTITION, 150, 120)))
                .isEqualTo(new KafkaPartitionSplit(PARTITION, 150));
        assertThat(SplitEnds.finished(new KafkaPartitionSplit(PARTITION, KafkaPartitionSplit.EARLIEST_OFFSET, 120)))
                .isEqualTo(new KafkaPartitionSplit(PARTITION, 120));
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
