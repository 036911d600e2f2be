package dev.weir.flink;

import dev.weir.core.model.Origin;
import dev.weir.core.model.SeriesKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Reads and writes the building blocks of the serializers' formats. Lengths are 32-bit; -1 stands for null. */
final class Wire {

    static void writeText(String text, DataOutputView out) throws IOException {
        writeBytes(text == null ? null : text.getBytes(StandardCharsets.UTF_8), out);
    }

    static String readText(DataInputView in) throws IOException {
        byte[] utf8 = readBytes(in);
        return utf8 == null ? null : new String(utf8, StandardCharsets.UTF_8);
    }

    static void writeBytes(byte[] bytes, DataOutputView out) throws IOException {
        out.writeInt(bytes == null ? -1 : bytes.length);
        if (bytes != null) {
            out.write(bytes);
        }
    }

    static byte[] readBytes(DataInputView in) throws IOException {
        int length = in.readInt();
        if (length < 0) {
            return null;
        }
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return bytes;
    }

    static void writeSeries(SeriesKey series, DataOutputView out) throws IOException {
        writeText(series.sensorId(), out);
        writeText(series.metric(), out);
    }

    static SeriesKey readSeries(DataInputView in) throws IOException {
        return new SeriesKey(readText(in), readText(in));
    }

    /** Writes an origin. That of a row of a file has the complement of the partition, which is below 0, and ends with file and row. */
    static void writeOrigin(Origin origin, DataOutputView out) throws IOException {
        writeText(origin.topic(), out);
        out.writeInt(origin.file() == null ? origin.partition() : ~origin.partition());
        out.writeLong(origin.offset());
        out.writeLong(origin.timestampMillis());
        if (origin.file() != null) {
            writeText(origin.file(), out);
            out.writeLong(origin.row());
        }
    }

    static Origin readOrigin(DataInputView in) throws IOException {
        String topic = readText(in);
        int partition = in.readInt();
        long offset = in.readLong();
        long timestampMillis = in.readLong();
        return partition >= 0
                ? new Origin(topic, partition, offset, timestampMillis)
                : new Origin(topic, ~partition, offset, timestampMillis, readText(in), in.readLong());
    }

    private Wire() {}
}
