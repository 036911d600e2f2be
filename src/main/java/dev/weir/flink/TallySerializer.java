package dev.weir.flink;

import dev.weir.core.model.Counter;
import dev.weir.core.model.FileCount;
import dev.weir.core.model.Reason;
import dev.weir.core.model.Tally;
import java.io.IOException;
import java.util.Map;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Serializes a tally: one number for each counter in the order of {@link Counter}, then the extra counts, the examples and the counts
 * of single files. A tally is not changed after it was sent.
 */
public final class TallySerializer extends WireSerializer<Tally> {
    private static final long serialVersionUID = 1L;

    @Override
    public void serialize(Tally tally, DataOutputView out) throws IOException {
        for (Counter counter : Counter.values()) {
            out.writeLong(tally.get(counter));
        }
        for (Tally.Extra extra : Tally.Extra.values()) {
            out.writeLong(tally.get(extra));
        }
        out.writeInt(tally.examples().size());
        for (Map.Entry<Reason, String> example : tally.examples().entrySet()) {
            out.writeInt(example.getKey().ordinal());
            out.writeUTF(example.getValue());
        }
        out.writeInt(tally.files().size());
        for (FileCount file : tally.files()) {
            FileWire.writeCount(file, out);
        }
    }

    @Override
    public Tally deserialize(DataInputView in) throws IOException {
        Tally tally = new Tally();
        for (Counter counter : Counter.values()) {
            tally.add(counter, in.readLong());
        }
        for (Tally.Extra extra : Tally.Extra.values()) {
            tally.add(extra, in.readLong());
        }
        for (int examples = in.readInt(); examples > 0; examples--) {
            tally.example(Reason.values()[in.readInt()], in.readUTF());
        }
        for (int files = in.readInt(); files > 0; files--) {
            tally.file(FileWire.readCount(in));
        }
        return tally;
    }

    @Override
    public TypeSerializerSnapshot<Tally> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Savepoints refer to this class by name. Do not rename it. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Tally> {
        public Snapshot() {
            super(TallySerializer::new);
        }
    }
}
