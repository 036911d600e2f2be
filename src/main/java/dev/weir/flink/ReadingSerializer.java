package dev.weir.flink;

import dev.weir.core.model.Reading;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serializes a reading for the exchange, with its event's bytes if a dead letter may need them. */
public final class ReadingSerializer extends WireSerializer<Reading> {
    private static final long serialVersionUID = 1L;

    @Override
    public void serialize(Reading reading, DataOutputView out) throws IOException {
        Wire.writeSeries(reading.series(), out);
        out.writeLong(reading.eventTimeMicros());
        out.writeDouble(reading.value());
        Wire.writeText(reading.unit(), out);
        Wire.writeText(reading.site(), out);
        out.writeInt(reading.quality());
        Wire.writeOrigin(reading.origin(), out);
        Wire.writeBytes(reading.eventKey(), out);
        Wire.writeBytes(reading.eventValue(), out);
        Wire.writeText(reading.avroSchema(), out);
        out.writeInt(reading.generation());
    }

    @Override
    public Reading deserialize(DataInputView in) throws IOException {
        return new Reading(
                Wire.readSeries(in),
                in.readLong(),
                in.readDouble(),
                Wire.readText(in),
                Wire.readText(in),
                in.readInt(),
                Wire.readOrigin(in),
                Wire.readBytes(in),
                Wire.readBytes(in),
                Wire.readText(in),
                in.readInt());
    }

    @Override
    public TypeSerializerSnapshot<Reading> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Savepoints refer to this class by name. Do not rename it. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Reading> {
        public Snapshot() {
            super(ReadingSerializer::new);
        }
    }
}
