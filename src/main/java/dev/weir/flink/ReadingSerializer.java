package dev.weir.flink;

import dev.weir.core.model.Origin;
import dev.weir.core.model.Reading;
import dev.weir.core.model.SeriesKey;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;

/**
 * A reading as it crosses the exchange, with its event's bytes where a dead letter may need them. Its five texts repeat, so they go as two
 * {@link WireNames blocks}: encoding and decoding each of them anew took a quarter of the time of the exchange.
 */
public final class ReadingSerializer extends WireSerializer<Reading> {
    private static final long serialVersionUID = 1L;

    private transient WireNames<SeriesKey> series;
    private transient WireNames<Labels> labels;

    /** What of a reading repeats apart from its series. */
    private record Labels(String unit, String site, String topic) {}

    /** An instance keeps the names that it has seen, for its own thread only. */
    @Override
    public TypeSerializer<Reading> duplicate() {
        return new ReadingSerializer();
    }

    @Override
    public void serialize(Reading reading, DataOutputView out) throws IOException {
        Origin origin = reading.origin();
        series().write(reading.series(), out);
        labels().write(new Labels(reading.unit(), reading.site(), origin.topic()), out);
        out.writeLong(reading.eventTimeMicros());
        out.writeDouble(reading.value());
        out.writeInt(reading.quality());
        out.writeInt(origin.partition());
        out.writeLong(origin.offset());
        out.writeLong(origin.timestampMillis());
        Wire.writeBytes(reading.eventKey(), out);
        Wire.writeBytes(reading.eventValue(), out);
        out.writeInt(reading.generation());
    }

    @Override
    public Reading deserialize(DataInputView in) throws IOException {
        SeriesKey key = series().read(in);
        Labels names = labels().read(in);
        long eventTimeMicros = in.readLong();
        double value = in.readDouble();
        int quality = in.readInt();
        Origin origin = new Origin(names.topic(), in.readInt(), in.readLong(), in.readLong());
        return new Reading(
                key,
                eventTimeMicros,
                value,
                names.unit(),
                names.site(),
                quality,
                origin,
                Wire.readBytes(in),
                Wire.readBytes(in),
                in.readInt());
    }

    private WireNames<SeriesKey> series() {
        if (series == null) {
            series = new SeriesNames();
        }
        return series;
    }

    private WireNames<Labels> labels() {
        if (labels == null) {
            labels = new LabelNames();
        }
        return labels;
    }

    @Override
    public TypeSerializerSnapshot<Reading> snapshotConfiguration() {
        return new Snapshot();
    }

    private static final class SeriesNames extends WireNames<SeriesKey> {
        @Override
        byte[] encode(SeriesKey key) throws IOException {
            DataOutputSerializer out = new DataOutputSerializer(64);
            Wire.writeText(key.sensorId(), out);
            Wire.writeText(key.metric(), out);
            return out.getCopyOfBuffer();
        }

        @Override
        SeriesKey decode(byte[] bytes) throws IOException {
            DataInputDeserializer in = new DataInputDeserializer(bytes);
            return new SeriesKey(Wire.readText(in), Wire.readText(in));
        }
    }

    private static final class LabelNames extends WireNames<Labels> {
        @Override
        byte[] encode(Labels labels) throws IOException {
            DataOutputSerializer out = new DataOutputSerializer(64);
            Wire.writeText(labels.unit(), out);
            Wire.writeText(labels.site(), out);
            Wire.writeText(labels.topic(), out);
            return out.getCopyOfBuffer();
        }

        @Override
        Labels decode(byte[] bytes) throws IOException {
            DataInputDeserializer in = new DataInputDeserializer(bytes);
            return new Labels(Wire.readText(in), Wire.readText(in), Wire.readText(in));
        }
    }

    /** Found again by name in every savepoint: do not rename. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Reading> {
        public Snapshot() {
            super(ReadingSerializer::new);
        }
    }
}
