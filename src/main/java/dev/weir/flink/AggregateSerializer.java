package dev.weir.flink;

import dev.weir.core.model.Aggregate;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** One row, column by column. */
public final class AggregateSerializer extends WireSerializer<Aggregate> {
    private static final long serialVersionUID = 1L;

    @Override
    public void serialize(Aggregate row, DataOutputView out) throws IOException {
        Wire.writeSeries(row.series(), out);
        out.writeInt(row.windowSeconds());
        out.writeLong(row.windowStartMicros());
        Wire.writeText(row.site(), out);
        Wire.writeText(row.unit(), out);
        out.writeLong(row.count());
        out.writeDouble(row.sum());
        out.writeDouble(row.min());
        out.writeDouble(row.max());
        out.writeDouble(row.mean());
        out.writeBoolean(row.stddev() != null);
        if (row.stddev() != null) {
            out.writeDouble(row.stddev());
        }
        out.writeDouble(row.firstValue());
        out.writeDouble(row.lastValue());
        out.writeLong(row.flaggedCount());
        out.writeInt(row.generation());
        out.writeBoolean(row.partial());
        out.writeBoolean(row.first());
    }

    @Override
    public Aggregate deserialize(DataInputView in) throws IOException {
        return new Aggregate(
                Wire.readSeries(in),
                in.readInt(),
                in.readLong(),
                Wire.readText(in),
                Wire.readText(in),
                in.readLong(),
                in.readDouble(),
                in.readDouble(),
                in.readDouble(),
                in.readDouble(),
                in.readBoolean() ? (Double) in.readDouble() : null,
                in.readDouble(),
                in.readDouble(),
                in.readLong(),
                in.readInt(),
                in.readBoolean(),
                in.readBoolean());
    }

    @Override
    public TypeSerializerSnapshot<Aggregate> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Found again by name in every savepoint: do not rename. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Aggregate> {
        public Snapshot() {
            super(AggregateSerializer::new);
        }
    }
}
