package dev.weir.source;

import dev.weir.files.ResumeAt;
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
 *
 * <p>A pipeline that reads announced files writes a higher version, in which the progress in files follows: the index of the file (4
 * bytes), the rows that were emitted of it, its size and modification time (8 bytes each), the remembered files ({@link
 * Remembered#ENTRY_BYTES} each), and the length of all that (4 bytes; 0 if the topic announces no files). Other pipelines keep the lower
 * version, so that their state can be restored by releases that do not know files.
 */
final class IdentifiedSplitSerializer implements SimpleVersionedSerializer<KafkaPartitionSplit> {
    /**
     * The version of the format without files. It is far above the connector's own versions; state with a lower version holds the
     * connector's bytes alone.
     */
    static final int VERSION = 100;

    static final int VERSION_WITH_FILES = 101;

    private static final int PROGRESS_BYTES = Integer.BYTES + 3 * Long.BYTES;

    private final SimpleVersionedSerializer<KafkaPartitionSplit> kafka;
    private final boolean files;

    /**
     * Creates the serializer. It reads all versions.
     *
     * @param files whether it writes progress in files
     */
    IdentifiedSplitSerializer(SimpleVersionedSerializer<KafkaPartitionSplit> kafka, boolean files) {
        this.kafka = kafka;
        this.files = files;
    }

    @Override
    public int getVersion() {
        return files ? VERSION_WITH_FILES : VERSION;
    }

    @Override
    public byte[] serialize(KafkaPartitionSplit split) throws IOException {
        String topicId = IdentifiedSplit.topicId(split);
        byte[] id = topicId == null ? new byte[0] : topicId.getBytes(StandardCharsets.US_ASCII);
        byte[] bytes = kafka.serialize(split);
        FileProgress progress = files ? IdentifiedSplit.progress(split) : null;
        int appendix = progress == null
                ? 0
                : PROGRESS_BYTES + Math.multiplyExact(progress.remembered().size(), Remembered.ENTRY_BYTES);
        ByteBuffer out = ByteBuffer.allocate(
                bytes.length + Integer.BYTES + id.length + 1 + appendix + (files ? Integer.BYTES : 0));
        out.put(bytes).putInt(kafka.getVersion()).put(id).put((byte) id.length);
        if (progress != null) {
            ResumeAt resume = progress.resume();
            out.putInt(progress.file())
                    .putLong(resume.rows())
                    .putLong(resume.size())
                    .putLong(resume.modifiedMillis());
            progress.remembered().write(out);
        }
        if (files) {
            out.putInt(appendix);
        }
        return out.array();
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
        if (version > VERSION_WITH_FILES) {
            throw new IOException("a Kafka position in the checkpoint has version " + version + ", this release knows "
                    + VERSION_WITH_FILES + ": restore with the release that wrote it");
        }
        ByteBuffer bytes = ByteBuffer.wrap(serialized);
        if (version == VERSION) {
            return identified(bytes, serialized.length);
        }
        int end = serialized.length - Integer.BYTES;
        int appendix = bytes.getInt(end);
        KafkaPartitionSplit split = identified(bytes, end - appendix);
        return appendix == 0 ? split : IdentifiedSplit.of(split, progress(bytes.slice(end - appendix, appendix)));
    }

    private KafkaPartitionSplit identified(ByteBuffer bytes, int length) throws IOException {
        int idLength = bytes.get(length - 1);
        int idStart = length - 1 - idLength;
        int kafkaLength = idStart - Integer.BYTES;
        KafkaPartitionSplit split =
                kafka.deserialize(bytes.getInt(kafkaLength), Arrays.copyOf(bytes.array(), kafkaLength));
        return idLength == 0
                ? split
                : IdentifiedSplit.of(split, new String(bytes.array(), idStart, idLength, StandardCharsets.US_ASCII));
    }

    private static FileProgress progress(ByteBuffer in) {
        return new FileProgress(
                in.getInt(), new ResumeAt(in.getLong(), in.getLong(), in.getLong()), Remembered.read(in));
    }
}
