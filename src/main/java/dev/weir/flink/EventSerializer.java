package dev.weir.flink;

import dev.weir.core.model.Event;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Serializes an event as origin, key, value and lost offsets. The source and the decoder are chained, so this is used only if the chain is
 * broken.
 */
public final class EventSerializer extends WireSerializer<Event> {
    private static final long serialVersionUID = 1L;

    @Override
    public void serialize(Event event, DataOutputView out) throws IOException {
        Wire.writeOrigin(event.origin(), out);
        Wire.writeBytes(event.key(), out);
        Wire.writeBytes(event.value(), out);
        out.writeLong(event.lost());
    }

    @Override
    public Event deserialize(DataInputView in) throws IOException {
        return new Event(Wire.readOrigin(in), Wire.readBytes(in), Wire.readBytes(in), in.readLong());
    }

    @Override
    public TypeSerializerSnapshot<Event> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Savepoints refer to this class by name. Do not rename it. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Event> {
        public Snapshot() {
            super(EventSerializer::new);
        }
    }
}
