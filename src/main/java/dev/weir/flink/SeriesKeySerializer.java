package dev.weir.flink;

import dev.weir.core.model.SeriesKey;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serializes the key of the stream. The state backend stores it with every series, so its format never changes. */
public final class SeriesKeySerializer extends WireSerializer<SeriesKey> {
    private static final long serialVersionUID = 1L;

    @Override
    public void serialize(SeriesKey key, DataOutputView out) throws IOException {
        Wire.writeSeries(key, out);
    }

    @Override
    public SeriesKey deserialize(DataInputView in) throws IOException {
        return Wire.readSeries(in);
    }

    @Override
    public TypeSerializerSnapshot<SeriesKey> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Savepoints refer to this class by name. Do not rename it. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<SeriesKey> {
        public Snapshot() {
            super(SeriesKeySerializer::new);
        }
    }
}
