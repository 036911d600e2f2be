package dev.weir.sink.postgres;

import dev.weir.core.model.Aggregate;
import dev.weir.core.model.AggregateColumns;
import dev.weir.core.model.RowWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.flink.core.memory.DataOutputSerializer;

/** Writes rows in PostgreSQL's binary COPY format, which is exact and needs no escaping. */
final class BinaryCopy implements RowWriter<IOException> {
    private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0};
    private static final int COLUMNS = AggregateColumns.ALL.size();
    private static final int NULL = -1;
    /** PostgreSQL's epoch, 2000-01-01, in epoch microseconds. */
    private static final long POSTGRES_EPOCH_MICROS = 946_684_800_000_000L;

    private final DataOutputSerializer out;

    BinaryCopy(DataOutputSerializer out) {
        this.out = out;
    }

    void header() throws IOException {
        out.write(SIGNATURE);
        out.writeInt(0);
        out.writeInt(0);
    }

    void trailer() throws IOException {
        out.writeShort(-1);
    }

    /** Writes {@link AggregateUpsert#COLUMNS}. */
    void row(Aggregate row) throws IOException {
        out.writeShort(COLUMNS);
        AggregateColumns.write(row, this);
    }

    /** Writes {@link AggregateUpsert#COLUMNS} and the time, in epoch microseconds. */
    void row(Aggregate row, long updatedAtMicros) throws IOException {
        out.writeShort(COLUMNS + 1);
        AggregateColumns.write(row, this);
        timestamp("updated_at", updatedAtMicros);
    }

    @Override
    public void text(String column, String value) throws IOException {
        byte[] bytes = AggregateUpsert.text(value).getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    @Override
    public void optionalText(String column, String value) throws IOException {
        if (value == null) {
            out.writeInt(NULL);
        } else {
            text(column, value);
        }
    }

    @Override
    public void int32(String column, int value) throws IOException {
        out.writeInt(Integer.BYTES);
        out.writeInt(value);
    }

    @Override
    public void int64(String column, long value) throws IOException {
        out.writeInt(Long.BYTES);
        out.writeLong(value);
    }

    @Override
    public void optionalInt64(String column, Long value) throws IOException {
        if (value == null) {
            out.writeInt(NULL);
        } else {
            int64(column, value);
        }
    }

    @Override
    public void float64(String column, double value) throws IOException {
        out.writeInt(Double.BYTES);
        out.writeDouble(value);
    }

    @Override
    public void optionalFloat64(String column, Double value) throws IOException {
        if (value == null) {
            out.writeInt(NULL);
        } else {
            float64(column, value);
        }
    }

    @Override
    public void bool(String column, boolean value) throws IOException {
        out.writeInt(1);
        out.writeBoolean(value);
    }

    /**
     * Writes a timestamp. Times before 290,277 BC would wrap around, but weir_ensure_year refuses their {@link AggregateUpsert#year}
     * before.
     */
    @Override
    public void timestamp(String column, long epochMicros) throws IOException {
        int64(column, epochMicros - POSTGRES_EPOCH_MICROS);
    }
}
