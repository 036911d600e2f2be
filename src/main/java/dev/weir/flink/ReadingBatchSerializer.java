package dev.weir.flink;

import dev.weir.core.model.SeriesKey;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serializes a batch by copying its bytes. */
public final class ReadingBatchSerializer extends WireSerializer<ReadingBatch> {
    private static final long serialVersionUID = 1L;

    @Override
    public void serialize(ReadingBatch batch, DataOutputView out) throws IOException {
        Wire.writeSeries(batch.route(), out);
        Wire.writeBytes(batch.bytes(), out);
    }

    @Override
    public ReadingBatch deserialize(DataInputView in) throws IOException {
        SeriesKey route = Wire.readSeries(in);
        return new ReadingBatch(route, Wire.readBytes(in));
    }

    @Override
    public TypeSerializerSnapshot<ReadingBatch> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Savepoints refer to this class by name. Do not rename it. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<ReadingBatch> {
        public Snapshot() {
            super(ReadingBatchSerializer::new);
        }
    }
}
