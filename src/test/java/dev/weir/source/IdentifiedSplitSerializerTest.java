package dev.weir.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.HexFormat;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplitSerializer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class IdentifiedSplitSerializerTest {
    private static final String ID = "A2kEqgTUTjyXcJ1bFzHVnA";

    private final KafkaPartitionSplitSerializer connector = new KafkaPartitionSplitSerializer();
    private final IdentifiedSplitSerializer serializer = new IdentifiedSplitSerializer(connector);
    private final KafkaPartitionSplit plain = new KafkaPartitionSplit(new TopicPartition("readings", 3), 42, 90);
    private final KafkaPartitionSplit identified = IdentifiedSplit.of(plain, ID);

    @Test
    void keepsPositionEndAndTopic() throws IOException {
        KafkaPartitionSplit read = serializer.deserialize(serializer.getVersion(), serializer.serialize(identified));

        assertThat(read).isEqualTo(plain);
        assertThat(IdentifiedSplit.topicId(read)).isEqualTo(ID);
    }

    @Test
    void keepsThatATopicIsNotKnown() throws IOException {
        KafkaPartitionSplit read = serializer.deserialize(serializer.getVersion(), serializer.serialize(plain));

        assertThat(read).isEqualTo(plain);
        assertThat(IdentifiedSplit.topicId(read)).isNull();
    }

    @Test
    void readsStateFromBeforeIdsWereKept() throws IOException {
        KafkaPartitionSplit read = serializer.deserialize(connector.getVersion(), connector.serialize(plain));

        assertThat(read).isEqualTo(plain);
        assertThat(IdentifiedSplit.topicId(read)).isNull();
    }

    /** An earlier release gives the bytes to the connector, whatever the version. */
    @Test
    void isReadByAnEarlierRelease() throws IOException {
        assertThat(connector.deserialize(serializer.getVersion(), serializer.serialize(identified)))
                .isEqualTo(plain);
    }

    @Test
    void refusesAVersionOfALaterRelease() {
        assertThatThrownBy(() -> serializer.deserialize(101, serializer.serialize(identified)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("version 101, this release knows 100");
    }

    /** Part of savepoints: these bytes never change. */
    @Test
    void writesTheseBytes() throws IOException {
        assertThat(HexFormat.of().formatHex(serializer.serialize(identified)))
                .isEqualTo("0008" + "72656164696e6773" // readings
                        + "00000003" + "000000000000002a" + "000000000000005a" + "00000000" // version of the connector
                        + "41326b457167545554" + "6a7958634a3162467a48566e41" + "16");
    }

    @Test
    void anIdStaysWithThePositionAsItMoves() {
        IdentifiedSplitState state = new IdentifiedSplitState(identified);
        state.setCurrentOffset(60);

        KafkaPartitionSplit split = state.toKafkaPartitionSplit();

        assertThat(split).isEqualTo(new KafkaPartitionSplit(plain.getTopicPartition(), 60, 90));
        assertThat(IdentifiedSplit.topicId(split)).isEqualTo(ID);
        assertThat(IdentifiedSplit.topicId(IdentifiedSplit.between(split, 70, 90)))
                .isEqualTo(ID);
    }
}
