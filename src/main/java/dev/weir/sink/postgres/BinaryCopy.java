package dev.weir.sink.postgres;

import dev.weir.core.model.Aggregate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.flink.core.memory.DataOutputSerializer;

/** Rows in PostgreSQL's binary COPY format: exact, and no text to escape. */
final class BinaryCopy {
    private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0};
    private static final int COLUMNS = 18;
    private static final int NULL = -1;
    /** 2000-01-01, from which PostgreSQL counts, in epoch microseconds. */
    private static final long POSTGRES_EPOCH_MICROS = 946_684_800_000_000L;

    private BinaryCopy() {}

    static void header(DataOutputSerializer out) throws IOException {
        out.write(SIGNATURE);
        out.writeInt(0);
        out.writeInt(0);
    }

    static void trailer(DataOutputSerializer out) throws IOException {
        out.writeShort(-1);
    }

    /** {@link AggregateUpsert#COLUMNS}. */
    static void row(Aggregate row, DataOutputSerializer out) throws IOException {
        out.writeShort(COLUMNS);
        columns(row, out);
    }

    /** {@link AggregateUpsert#COLUMNS} and the time, in epoch microseconds. */
    static void row(Aggregate row, long updatedAtMicros, DataOutputSerializer out) throws IOException {
        out.writeShort(COLUMNS + 1);
        columns(row, out);
        number(updatedAtMicros - POSTGRES_EPOCH_MICROS, out);
    }

    /** Times before 290,277 BC would wrap around: {@link AggregateUpsert#year} of them is refused by weir_ensure_year before. */
    private static void columns(Aggregate row, DataOutputSerializer out) throws IOException {
        text(row.series().sensorId(), out);
        text(row.series().metric(), out);
        integer(row.windowSeconds(), out);
        number(row.windowStartMicros() - POSTGRES_EPOCH_MICROS, out);
        text(row.site(), out);
        text(row.unit(), out);
        number(row.count(), out);
        real(row.sum(), out);
        real(row.min(), out);
        real(row.max(), out);
        real(row.mean(), out);
        if (row.stddev() == null) {
            out.writeInt(NULL);
        } else {
            real(row.stddev(), out);
        }
        real(row.firstValue(), out);
        real(row.lastValue(), out);
        number(row.flaggedCount(), out);
        number(row.revision(), out);
        integer(row.generation(), out);
        out.writeInt(1);
        out.writeBoolean(row.partial());
    }

    private static void text(String text, DataOutputSerializer out) throws IOException {
        if (text == null) {
            out.writeInt(NULL);
            return;
        }
        byte[] bytes = AggregateUpsert.text(text).getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static void integer(int value, DataOutputSerializer out) throws IOException {
        out.writeInt(Integer.BYTES);
        out.writeInt(value);
    }

    private static void number(long value, DataOutputSerializer out) throws IOException {
        out.writeInt(Long.BYTES);
        out.writeLong(value);
    }

    private static void real(double value, DataOutputSerializer out) throws IOException {
        out.writeInt(Double.BYTES);
        out.writeDouble(value);
    }
}
