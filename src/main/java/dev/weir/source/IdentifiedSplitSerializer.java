package dev.weir.source;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Writes the connector's bytes, the version of those bytes (4 bytes), the topic's id (ASCII) and the id's length (1
 * byte; 0 if the id is not known). These bytes are part of savepoints. The connector's bytes come first because its
 * deserializer ignores both the version and the bytes after its own, so an earlier release of Weir can restore state
 * that holds ids.
 */
final class IdentifiedSplitSerializer implements SimpleVersionedSerializer<KafkaPartitionSplit> {
    /**
     * The version of this format. It is far above the connector's own versions; state with a lower version holds the
     * connector's bytes alone.
     */
    static final int VERSION = 100;

    private final SimpleVersionedSerializer<KafkaPartitionSplit> kafka;

    IdentifiedSplitSerializer(SimpleVersionedSerializer<KafkaPartitionSplit> kafka) {
        this.kafka = kafka;
    }

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(KafkaPartitionSplit split) throws IOException {
        String topicId = IdentifiedSplit.topicId(split);
        byte[] id = topicId == null ? new byte[0] : topicId.getBytes(StandardCharsets.US_ASCII);
        byte[] bytes = kafka.serialize(split);
        return ByteBuffer.allocate(bytes.length + Integer.BYTES + id.length + 1)
                .put(bytes)
                .putInt(kafka.getVersion())
                .put(id)
                .put((byte) id.length)
                .array();
    }

    /**
     * Reads a split.
     *
     * @throws IOException if the version is newer than this release
     */
    @Override
    public KafkaPartitionSplit deserialize(int version, byte[] serialized) throws IOException {
        if (version < VERSION) {
            return kafka.deserialize(version, serialized);
        }
        if (version > VERSION) {
            throw new IOException("a Kafka position in the checkpoint has version " + version + ", this release knows "
                    + VERSION + ": restore with the release that wrote it");
        }
        int idLength = serialized[serialized.length - 1];
        int idStart = serialized.length - 1 - idLength;
        int kafkaLength = idStart - Integer.BYTES;
        int kafkaVersion = ByteBuffer.wrap(serialized).getInt(kafkaLength);
        KafkaPartitionSplit split = kafka.deserialize(kafkaVersion, Arrays.copyOf(serialized, kafkaLength));
        return idLength == 0
                ? split
                : IdentifiedSplit.of(split, new String(serialized, idStart, idLength, StandardCharsets.US_ASCII));
    }
}
