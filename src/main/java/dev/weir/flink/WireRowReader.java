package dev.weir.flink;

import dev.weir.core.model.RowReader;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;

/** Reads the columns that {@link WireRowWriter} has written. */
final class WireRowReader implements RowReader<IOException> {
    private final DataInputView in;

    WireRowReader(DataInputView in) {
        this.in = in;
    }

    @Override
    public String text(String column) throws IOException {
        return Wire.readText(in);
    }

    @Override
    public String optionalText(String column) throws IOException {
        return Wire.readText(in);
    }

    @Override
    public int int32(String column) throws IOException {
        return in.readInt();
    }

    @Override
    public long int64(String column) throws IOException {
        return in.readLong();
    }

    @Override
    public Long optionalInt64(String column) throws IOException {
        return in.readBoolean() ? (Long) in.readLong() : null;
    }

    @Override
    public double float64(String column) throws IOException {
        return in.readDouble();
    }

    @Override
    public Double optionalFloat64(String column) throws IOException {
        return in.readBoolean() ? (Double) in.readDouble() : null;
    }

    @Override
    public boolean bool(String column) throws IOException {
        return in.readBoolean();
    }

    @Override
    public long timestamp(String column) throws IOException {
        return in.readLong();
    }

    @Override
    public boolean isTable() {
        return false;
    }
}
