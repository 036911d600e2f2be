package dev.weir.flink;

import dev.weir.core.model.SeriesKey;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** The key of the stream. Stored with every series in the state backend: its format never changes. */
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

    /** Found again by name in every savepoint: do not rename. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<SeriesKey> {
        public Snapshot() {
            super(SeriesKeySerializer::new);
        }
    }
}
