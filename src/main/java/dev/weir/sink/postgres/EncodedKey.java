package dev.weir.sink.postgres;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputDeserializer;

/**
 * The key of an encoded row as letters from 0 to 255: those of the sensor's name and of the metric, each with an end, and the bytes of
 * window length and start. Two keys compare as {@link RowKey} does by the first letter in which they differ, and no key begins with another.
 * It reads the row where it lies, and can be set to one row after the other.
 */
final class EncodedKey {
    /** Below all letters of texts: the codec writes U+FFFD for NUL. */
    private static final int END = 0;

    private final DataInputDeserializer in = new DataInputDeserializer();
    private byte[] page;
    private int sensorBegin;
    private int sensorLength;
    private int metricBegin;
    private int metricLength;
    /** With the sign turned, so that unsigned bytes sort as signed numbers do. */
    private int windowSeconds;

    private long windowStart;

    void set(EncodedRows rows, int row) throws IOException {
        page = rows.page(row);
        in.setBuffer(page, rows.begin(row), rows.length(row));
        sensorLength = AggregateCodec.readLength(in);
        sensorBegin = in.getPosition();
        in.skipBytesToRead(sensorLength);
        metricLength = AggregateCodec.readLength(in);
        metricBegin = in.getPosition();
        in.skipBytesToRead(metricLength);
        windowSeconds = (int) AggregateCodec.readNumber(in) ^ Integer.MIN_VALUE;
        windowStart = in.readLong() ^ Long.MIN_VALUE;
    }

    /** How many letters it has. */
    int length() {
        return sensorLength + 1 + metricLength + 1 + Integer.BYTES + Long.BYTES;
    }

    /** The letter at a place from 0 on; 0 behind the last. */
    int letter(int at) {
        if (at < sensorLength) {
            return letter(page[sensorBegin + at]);
        }
        int inMetric = at - sensorLength - 1;
        if (inMetric >= 0 && inMetric < metricLength) {
            return letter(page[metricBegin + inMetric]);
        }
        int inSeconds = inMetric - metricLength - 1;
        if (inSeconds >= 0 && inSeconds < Integer.BYTES) {
            return windowSeconds >>> Byte.SIZE * (Integer.BYTES - 1 - inSeconds) & 0xFF;
        }
        int inStart = inSeconds - Integer.BYTES;
        if (inStart >= 0 && inStart < Long.BYTES) {
            return (int) (windowStart >>> Byte.SIZE * (Long.BYTES - 1 - inStart)) & 0xFF;
        }
        return END;
    }

    /** The place below {@code end} of the first letter from {@code begin} on that is another one in the other key; {@code end} if none is. */
    int mismatch(EncodedKey other, int begin, int end) {
        for (int at = begin; at < end; at++) {
            if (letter(at) != other.letter(at)) {
                return at;
            }
        }
        return end;
    }

    /**
     * UTF-8 sorts as code points do. UTF-16, and with it {@link String#compareTo}, has U+E000 to U+FFFF, which begin with 0xEE or 0xEF,
     * behind the surrogate pairs, which begin with 0xF0 to 0xF4.
     */
    private static int letter(byte utf8) {
        int letter = utf8 & 0xFF;
        if (letter < 0xEE) {
            return letter;
        }
        return letter < 0xF0 ? letter + 5 : letter - 2;
    }
}
