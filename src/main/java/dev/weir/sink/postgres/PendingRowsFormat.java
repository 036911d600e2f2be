package dev.weir.sink.postgres;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.runtime.state.OperatorStateCheckpointOutputStream;
import org.apache.flink.runtime.state.StatePartitionStreamProvider;

/**
 * Writes and reads the rows that are not committed, as the operator's raw state, which is redistributed like a list.
 * Each element stands for itself: the codec's version (one byte), the length of a chunk (int) and the chunk. The state
 * is bounded by weir.postgres.max-pending and the epochs in between; gone with the commit.
 */
final class PendingRowsFormat {
    private PendingRowsFormat() {}

    static void write(List<SortedRows> sorted, OperatorStateCheckpointOutputStream state) throws IOException {
        DataOutputStream out = new DataOutputStream(state);
        for (SortedRows one : sorted) {
            try (SortedRows.Chunks chunks = one.chunks()) {
                for (byte[] chunk = chunks.next(); chunk != null; chunk = chunks.next()) {
                    state.startNewPartition();
                    out.writeByte(AggregateCodec.VERSION);
                    out.writeInt(chunk.length);
                    out.write(chunk);
                }
            }
        }
        out.flush();
    }

    /** Hands on every row of this subtask's share. */
    static void read(Iterable<StatePartitionStreamProvider> elements, RowConsumer rows) throws IOException {
        for (StatePartitionStreamProvider element : elements) {
            // Flink owns the stream.
            DataInputStream in = new DataInputStream(element.getStream());
            int version = in.readByte();
            if (version != AggregateCodec.VERSION) {
                throw new IOException(
                        "state of the PostgreSQL sink: version " + version + " is not known, this release reads "
                                + AggregateCodec.VERSION + ". Restore with the release that wrote it, or a later one");
            }
            byte[] chunk = new byte[in.readInt()];
            in.readFully(chunk);
            DataInputDeserializer encoded = new DataInputDeserializer(chunk);
            while (encoded.available() > 0) {
                rows.accept(AggregateCodec.read(encoded));
            }
        }
    }
}
