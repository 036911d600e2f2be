package dev.weir.sink.postgres;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.runtime.state.OperatorStateCheckpointOutputStream;
import org.apache.flink.runtime.state.StatePartitionStreamProvider;

/**
 * Writes and reads uncommitted rows as the operator's raw state, which Flink redistributes like a list. Each element can be read on its
 * own: the codec's version (one byte), the length of a chunk (int) and the chunk. The state is bounded by {@code weir.postgres.max-pending}
 * and the rows of the epochs in between. A commit clears it.
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

    /** Passes on every row of this subtask's share. */
    static void read(Iterable<StatePartitionStreamProvider> elements, RowConsumer rows) throws IOException {
        for (StatePartitionStreamProvider element : elements) {
            // Flink closes the stream.
            DataInputStream in = new DataInputStream(element.getStream());
            int version = in.readByte();
            if (version != AggregateCodec.VERSION) {
                throw new IOException("state of the PostgreSQL sink has version " + version
                        + " of the row format, this release reads " + AggregateCodec.VERSION
                        + ". Restore with the release that wrote it or a later one");
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
