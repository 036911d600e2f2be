package dev.weir.sink.postgres;

import dev.weir.core.model.Aggregate;
import dev.weir.core.model.AggregateBuilder;
import dev.weir.core.model.AggregateColumns;
import dev.weir.core.model.SeriesKey;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.flink.core.memory.DataInputView;

/**
 * Encodes rows for spill files and checkpoints, in about 70 bytes and their texts. Numbers are varints of seven bits a byte, low bits
 * first. A text is its UTF-8 length + 1, or 0 for null, followed by its bytes. A change of the format needs a new {@link #VERSION} that
 * still reads the earlier ones. A flag that earlier releases may ignore needs no new version.
 *
 * <p>Checkpoints contain these bytes, so version 1 is frozen: its order is the one of {@link #write}, whatever {@link AggregateColumns}
 * says. Its ranking columns are in the middle and at the end, so {@link #readRank} must skip the others. A new column with a value of its
 * own needs the next version, which puts {@link AggregateColumns#RANKING} behind the key, followed by the other columns in the order of the
 * list.
 */
final class AggregateCodec {
    static final int VERSION = 1;
    private static final int PARTIAL = 1;
    private static final int HAS_STDDEV = 2;
    /** Added later than the others. Rows of earlier releases do not have it, which is the safe side. */
    private static final int FIRST = 4;

    private AggregateCodec() {}

    static void write(Aggregate row, DataOutput out) throws IOException {
        writeText(row.series().sensorId(), out);
        writeText(row.series().metric(), out);
        writeNumber(row.windowSeconds(), out);
        out.writeLong(row.windowStartMicros());
        writeText(row.site(), out);
        writeText(row.unit(), out);
        writeNumber(row.count(), out);
        out.writeDouble(row.sum());
        out.writeDouble(row.min());
        out.writeDouble(row.max());
        out.writeDouble(row.mean());
        out.writeByte(
                (row.partial() ? PARTIAL : 0) | (row.stddev() == null ? 0 : HAS_STDDEV) | (row.first() ? FIRST : 0));
        if (row.stddev() != null) {
            out.writeDouble(row.stddev());
        }
        out.writeDouble(row.firstValue());
        out.writeDouble(row.lastValue());
        writeNumber(row.flaggedCount(), out);
        writeNumber(row.generation(), out);
    }

    static Aggregate read(DataInput in) throws IOException {
        AggregateBuilder row = Aggregate.builder()
                .series(new SeriesKey(readText(in), readText(in)))
                .windowSeconds((int) readNumber(in))
                .windowStartMicros(in.readLong())
                .site(readText(in))
                .unit(readText(in))
                .count(readNumber(in))
                .sum(in.readDouble())
                .min(in.readDouble())
                .max(in.readDouble())
                .mean(in.readDouble());
        int flags = in.readByte();
        return row.partial((flags & PARTIAL) != 0)
                .first((flags & FIRST) != 0)
                .stddev((flags & HAS_STDDEV) == 0 ? null : (Double) in.readDouble())
                .firstValue(in.readDouble())
                .lastValue(in.readDouble())
                .flaggedCount(readNumber(in))
                .generation((int) readNumber(in))
                .build();
    }

    /** Reads the ranking columns of the next row, skipping the columns that version 1 has before them. */
    static AggregateOrder.Rank readRank(DataInputView in) throws IOException {
        skipText(in);
        skipText(in);
        readNumber(in);
        in.skipBytesToRead(Long.BYTES);
        skipText(in);
        skipText(in);
        long revision = readNumber(in);
        in.skipBytesToRead(4 * Double.BYTES);
        int flags = in.readByte();
        in.skipBytesToRead(((flags & HAS_STDDEV) == 0 ? 2 : 3) * Double.BYTES);
        readNumber(in);
        int generation = (int) readNumber(in);
        return new AggregateOrder.Rank((flags & PARTIAL) != 0, generation, revision);
    }

    /** Returns the length in bytes of the next text; -1 for null. */
    static int readLength(DataInput in) throws IOException {
        return (int) readNumber(in) - 1;
    }

    private static void writeText(String text, DataOutput out) throws IOException {
        if (text == null) {
            writeNumber(0, out);
            return;
        }
        if (isAscii(text)) {
            writeAscii(text, out);
            return;
        }
        byte[] bytes = AggregateUpsert.text(text).getBytes(StandardCharsets.UTF_8);
        writeNumber(bytes.length + 1L, out);
        out.write(bytes);
    }

    /**
     * Returns whether the text is ASCII without NUL, which PostgreSQL cannot hold. Nearly all texts are, and they need no array in between.
     */
    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == 0 || text.charAt(i) > 0x7F) {
                return false;
            }
        }
        return true;
    }

    /** Writes an ASCII text. Do not simplify: Flink's {@code DataOutputSerializer.writeBytes} advances by twice the length. */
    private static void writeAscii(String text, DataOutput out) throws IOException {
        writeNumber(text.length() + 1L, out);
        for (int i = 0; i < text.length(); i++) {
            out.writeByte(text.charAt(i));
        }
    }

    private static String readText(DataInput in) throws IOException {
        int length = readLength(in);
        if (length < 0) {
            return null;
        }
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static void skipText(DataInputView in) throws IOException {
        in.skipBytesToRead(Math.max(0, readLength(in)));
    }

    private static void writeNumber(long number, DataOutput out) throws IOException {
        long rest = number;
        while ((rest & ~0x7FL) != 0) {
            out.writeByte((int) (rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        out.writeByte((int) rest);
    }

    static long readNumber(DataInput in) throws IOException {
        long number = 0;
        int shift = 0;
        byte next;
        do {
            next = in.readByte();
            number |= (next & 0x7FL) << shift;
            shift += 7;
        } while (next < 0);
        return number;
    }
}
