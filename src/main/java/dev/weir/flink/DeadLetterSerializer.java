package dev.weir.flink;

import dev.weir.core.model.DeadLetter;
import dev.weir.core.model.Reading;
import dev.weir.core.model.Reason;
import dev.weir.core.model.Reject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serializes a dead letter with all its rejects. */
public final class DeadLetterSerializer extends WireSerializer<DeadLetter> {
    private static final long serialVersionUID = 1L;

    private final ReadingSerializer readings = new ReadingSerializer();

    @Override
    public void serialize(DeadLetter letter, DataOutputView out) throws IOException {
        Wire.writeOrigin(letter.origin(), out);
        out.writeInt(letter.rejects().size());
        for (Reject reject : letter.rejects()) {
            Wire.writeText(reject.reason().name(), out);
            Wire.writeText(reject.detail(), out);
            Wire.writeText(reject.metric(), out);
        }
        Wire.writeBytes(letter.eventKey(), out);
        Wire.writeBytes(letter.eventValue(), out);
        out.writeBoolean(letter.reading() != null);
        if (letter.reading() != null) {
            readings.serialize(letter.reading(), out);
        }
        out.writeInt(letter.generation());
    }

    @Override
    public DeadLetter deserialize(DataInputView in) throws IOException {
        var origin = Wire.readOrigin(in);
        int size = in.readInt();
        List<Reject> rejects = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            rejects.add(new Reject(Reason.valueOf(Wire.readText(in)), Wire.readText(in), Wire.readText(in)));
        }
        byte[] key = Wire.readBytes(in);
        byte[] value = Wire.readBytes(in);
        Reading reading = in.readBoolean() ? readings.deserialize(in) : null;
        return new DeadLetter(origin, rejects, key, value, reading, in.readInt());
    }

    @Override
    public TypeSerializerSnapshot<DeadLetter> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Savepoints refer to this class by name. Do not rename it. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<DeadLetter> {
        public Snapshot() {
            super(DeadLetterSerializer::new);
        }
    }
}
