package dev.weir.flink;

import dev.weir.core.model.RowWriter;
import java.io.IOException;
import org.apache.flink.core.memory.DataOutputView;

/** Writes the columns of a row to the wire. A boolean in front of an optional number says whether it is present. */
final class WireRowWriter implements RowWriter<IOException> {
    private final DataOutputView out;

    WireRowWriter(DataOutputView out) {
        this.out = out;
    }

    @Override
    public void text(String column, String value) throws IOException {
        Wire.writeText(value, out);
    }

    @Override
    public void optionalText(String column, String value) throws IOException {
        Wire.writeText(value, out);
    }

    @Override
    public void int32(String column, int value) throws IOException {
        out.writeInt(value);
    }

    @Override
    public void int64(String column, long value) throws IOException {
        out.writeLong(value);
    }

    @Override
    public void optionalInt64(String column, Long value) throws IOException {
        out.writeBoolean(value != null);
        if (value != null) {
            out.writeLong(value);
        }
    }

    @Override
    public void float64(String column, double value) throws IOException {
        out.writeDouble(value);
    }

    @Override
    public void optionalFloat64(String column, Double value) throws IOException {
        out.writeBoolean(value != null);
        if (value != null) {
            out.writeDouble(value);
        }
    }

    @Override
    public void bool(String column, boolean value) throws IOException {
        out.writeBoolean(value);
    }

    @Override
    public void timestamp(String column, long epochMicros) throws IOException {
        out.writeLong(epochMicros);
    }

    @Override
    public boolean isTable() {
        return false;
    }
}
