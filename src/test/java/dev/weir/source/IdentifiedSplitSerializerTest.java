package dev.weir.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.files.ResumeAt;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplitSerializer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class IdentifiedSplitSerializerTest {
    private static final String ID = "A2kEqgTUTjyXcJ1bFzHVnA";

    private final KafkaPartitionSplitSerializer connector = new KafkaPartitionSplitSerializer();
    private final IdentifiedSplitSerializer serializer = new IdentifiedSplitSerializer(connector, false);
    private final KafkaPartitionSplit plain = new KafkaPartitionSplit(new TopicPartition("readings", 3), 42, 90);
    private final KafkaPartitionSplit identified = IdentifiedSplit.of(plain, ID);
    private final IdentifiedSplitSerializer files = new IdentifiedSplitSerializer(connector, true);
    private final KafkaPartitionSplit withFiles = IdentifiedSplit.of(identified, progress());

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
        assertThatThrownBy(() -> serializer.deserialize(102, serializer.serialize(identified)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("version 102, this release knows 101");
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
    void keepsThePositionInAFileAndWhichFilesWereRead() throws IOException {
        KafkaPartitionSplit read = files.deserialize(files.getVersion(), files.serialize(withFiles));

        assertThat(read).isEqualTo(plain);
        assertThat(IdentifiedSplit.topicId(read)).isEqualTo(ID);
        FileProgress progress = IdentifiedSplit.progress(read);
        assertThat(progress.file()).isEqualTo(2);
        assertThat(progress.resume()).isEqualTo(new ResumeAt(1_000, 4_096, 1_700_000_000_000L));
        assertThat(progress.remembered().size()).isEqualTo(2);
        assertThat(progress.remembered().contains(new FileIdentity(1, 2), 50, 0))
                .isTrue();
        assertThat(progress.remembered().contains(new FileIdentity(3, 4), 60, 0))
                .isTrue();
    }

    @Test
    void keepsThatATopicAnnouncesNoFiles() throws IOException {
        for (KafkaPartitionSplit split : List.of(plain, identified)) {
            KafkaPartitionSplit read = files.deserialize(files.getVersion(), files.serialize(split));

            assertThat(read).isEqualTo(plain);
            assertThat(IdentifiedSplit.topicId(read)).isEqualTo(IdentifiedSplit.topicId(split));
            assertThat(IdentifiedSplit.progress(read)).isNull();
        }
    }

    @Test
    void readsStateFromBeforeFilesWereRead() throws IOException {
        KafkaPartitionSplit read = files.deserialize(100, serializer.serialize(identified));

        assertThat(read).isEqualTo(plain);
        assertThat(IdentifiedSplit.topicId(read)).isEqualTo(ID);
        assertThat(files.deserialize(connector.getVersion(), connector.serialize(plain)))
                .isEqualTo(plain);
    }

    /** A pipeline without files stays readable for a release that does not know them, and reads what one with files left. */
    @Test
    void withoutFilesReadsStateOfFilesAndWritesNone() throws IOException {
        KafkaPartitionSplit read = serializer.deserialize(files.getVersion(), files.serialize(withFiles));

        assertThat(IdentifiedSplit.progress(read)).isNotNull();
        assertThat(serializer.getVersion()).isEqualTo(100);
        assertThat(serializer.serialize(read)).isEqualTo(serializer.serialize(identified));
    }

    /** Part of savepoints: these bytes never change. */
    @Test
    void writesTheseBytesOfFiles() throws IOException {
        assertThat(files.getVersion()).isEqualTo(101);
        assertThat(HexFormat.of().formatHex(files.serialize(withFiles)))
                .isEqualTo(HexFormat.of().formatHex(serializer.serialize(identified)) //
                        + "00000002" + "00000000000003e8" + "0000000000001000" + "0000018bcfe56800"
                        + "0000000000000001" + "0000000000000002" + "0000000000000032"
                        + "0000000000000003" + "0000000000000004" + "000000000000003c"
                        + "0000004c"); // 28 + 2 * 24 bytes
    }

    @Test
    void thePositionInAFileIsLostWhenTheSplitIsMovedButNotWhichFilesWereRead() {
        FileProgress same = IdentifiedSplit.progress(IdentifiedSplit.between(withFiles, 42, 50));
        FileProgress moved = IdentifiedSplit.progress(IdentifiedSplit.between(withFiles, 43, 90));

        assertThat(same).isEqualTo(IdentifiedSplit.progress(withFiles));
        assertThat(moved.file()).isZero();
        assertThat(moved.resume()).isEqualTo(ResumeAt.START);
        assertThat(moved.remembered()).isSameAs(same.remembered());
        assertThat(IdentifiedSplit.progress(IdentifiedSplit.of(withFiles, "other")))
                .isEqualTo(same);
    }

    private static FileProgress progress() {
        Remembered remembered = new Remembered();
        remembered.add(new FileIdentity(1, 2), 50, 10);
        remembered.add(new FileIdentity(3, 4), 60, 10);
        return new FileProgress(2, new ResumeAt(1_000, 4_096, 1_700_000_000_000L), remembered);
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
