package dev.weir.flink;

import dev.weir.core.model.Event;
import dev.weir.core.model.FileHead;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Serializes an event as origin, key, value, lost offsets, headers, and what it has of a file.
 * The source and the decoder are chained, so this is used only if the
 * chain is broken.
 */
public final class EventSerializer extends WireSerializer<Event> {
    private static final long serialVersionUID = 1L;

    @Override
    public void serialize(Event event, DataOutputView out) throws IOException {
        Wire.writeOrigin(event.origin(), out);
        Wire.writeBytes(event.key(), out);
        Wire.writeBytes(event.value(), out);
        out.writeLong(event.lost());
        out.writeInt(event.headers().size());
        for (Event.Header header : event.headers()) {
            Wire.writeBytes(header.name().getBytes(StandardCharsets.UTF_8), out);
            Wire.writeBytes(header.value(), out);
        }
        out.writeBoolean(event.file() != null);
        if (event.file() != null) {
            writeHead(event.file(), out);
        }
        out.writeBoolean(event.outcome() != null);
        if (event.outcome() != null) {
            FileWire.writeOutcome(event.outcome(), out);
        }
    }

    private static void writeHead(FileHead head, DataOutputView out) throws IOException {
        out.writeInt(head.columns() == null ? -1 : head.columns().size());
        if (head.columns() != null) {
            for (String column : head.columns()) {
                Wire.writeText(column, out);
            }
        }
        Wire.writeText(head.avroSchema(), out);
    }

    private static FileHead readHead(DataInputView in) throws IOException {
        int size = in.readInt();
        List<String> columns = size < 0 ? null : new ArrayList<>();
        for (int i = 0; i < size; i++) {
            columns.add(Wire.readText(in));
        }
        return new FileHead(columns, Wire.readText(in));
    }

    @Override
    public Event deserialize(DataInputView in) throws IOException {
        return new Event(
                Wire.readOrigin(in),
                Wire.readBytes(in),
                Wire.readBytes(in),
                in.readLong(),
                readHeaders(in),
                in.readBoolean() ? readHead(in) : null,
                in.readBoolean() ? FileWire.readOutcome(in) : null);
    }

    private static List<Event.Header> readHeaders(DataInputView in) throws IOException {
        List<Event.Header> headers = new ArrayList<>();
        for (int rest = in.readInt(); rest > 0; rest--) {
            headers.add(new Event.Header(new String(Wire.readBytes(in), StandardCharsets.UTF_8), Wire.readBytes(in)));
        }
        return headers;
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
