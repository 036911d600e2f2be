package dev.weir.flink;

import dev.weir.core.model.Event;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * An event as origin, key, value and lost offsets. Events are chained from source to decoder, so this runs only if somebody
 * breaks the chain.
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

    /** Found again by name in every savepoint: do not rename. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Event> {
        public Snapshot() {
            super(EventSerializer::new);
        }
    }
}
