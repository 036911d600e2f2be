package dev.weir.sink.deadletter;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.flink.connector.kafka.sink.KafkaCommittable;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Writes the number of letters (8 bytes), the version of the connector's bytes (4 bytes), and those bytes. They are
 * part of savepoints.
 */
final class TransactionSerializer implements SimpleVersionedSerializer<Transaction> {
    /**
     * The version of this format. It is far above the connector's own versions; state with a lower version was written
     * by the connector's own sink, which stored no number of letters.
     */
    static final int VERSION = 100;

    private final SimpleVersionedSerializer<KafkaCommittable> kafka;

    TransactionSerializer(SimpleVersionedSerializer<KafkaCommittable> kafka) {
        this.kafka = kafka;
    }

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(Transaction transaction) throws IOException {
        byte[] bytes = kafka.serialize(transaction.kafka());
        return ByteBuffer.allocate(Long.BYTES + Integer.BYTES + bytes.length)
                .putLong(transaction.letters())
                .putInt(kafka.getVersion())
                .put(bytes)
                .array();
    }

    /**
     * Reads a transaction.
     *
     * @throws IOException if the version is newer than this release
     */
    @Override
    public Transaction deserialize(int version, byte[] serialized) throws IOException {
        if (version < VERSION) {
            return new Transaction(kafka.deserialize(version, serialized), 0);
        }
        if (version > VERSION) {
            throw new IOException("a dead-letter transaction in the checkpoint has version " + version
                    + ", this release knows " + VERSION + ": restore with the release that wrote it");
        }
        ByteBuffer buffer = ByteBuffer.wrap(serialized);
        long letters = buffer.getLong();
        int kafkaVersion = buffer.getInt();
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return new Transaction(kafka.deserialize(kafkaVersion, bytes), letters);
    }
}
