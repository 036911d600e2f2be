package dev.weir.flink;

import dev.weir.core.model.Aggregate;
import dev.weir.core.model.AggregateColumns;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serializes a row for the exchange: the columns of {@link AggregateColumns}, in their order. */
public final class AggregateSerializer extends WireSerializer<Aggregate> {
    private static final long serialVersionUID = 1L;

    @Override
    public void serialize(Aggregate row, DataOutputView out) throws IOException {
        AggregateColumns.write(row, new WireRowWriter(out));
    }

    @Override
    public Aggregate deserialize(DataInputView in) throws IOException {
        return AggregateColumns.read(new WireRowReader(in));
    }

    @Override
    public TypeSerializerSnapshot<Aggregate> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Savepoints refer to this class by name. Do not rename it. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Aggregate> {
        public Snapshot() {
            super(AggregateSerializer::new);
        }
    }
}
