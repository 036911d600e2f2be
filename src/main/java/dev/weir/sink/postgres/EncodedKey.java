package dev.weir.sink.postgres;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputDeserializer;

/**
 * The key of an encoded row as a sequence of letters from 0 to 255: the sensor's name and the metric, each with {@link #END}, then the
 * bytes of the window length and start. Two keys compare by the first letter in which they differ, which gives the order of {@link RowKey}.
 * No key is a prefix of another one. The object reads the row in its page and can be set to one row after another.
 */
final class EncodedKey {
    /** Ends a text. Below all letters of texts, because the codec replaces NUL by U+FFFD. */
    private static final int END = 0;

    private final DataInputDeserializer in = new DataInputDeserializer();
    private byte[] page;
    private int sensorBegin;
    private int sensorLength;
    private int metricBegin;
    private int metricLength;
    /** The sign bit is flipped, so that unsigned bytes sort as signed numbers do. */
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

    /** Returns the number of letters. */
    int length() {
        return sensorLength + 1 + metricLength + 1 + Integer.BYTES + Long.BYTES;
    }

    /** Returns the letter at an index from 0; 0 behind the last letter. */
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

    /**
     * Returns the index of the first letter from {@code begin} to below {@code end} that differs in the other key; {@code end} if none
     * does.
     */
    int mismatch(EncodedKey other, int begin, int end) {
        for (int at = begin; at < end; at++) {
            if (letter(at) != other.letter(at)) {
                return at;
            }
        }
        return end;
    }

    /**
     * Returns the letter of a byte of UTF-8. UTF-8 sorts by code points. UTF-16, and therefore {@link String#compareTo}, sorts U+E000 to
     * U+FFFF, which begin with 0xEE or 0xEF, behind the surrogate pairs, which begin with 0xF0 to 0xF4.
     */
    private static int letter(byte utf8) {
        int letter = utf8 & 0xFF;
        if (letter < 0xEE) {
            return letter;
        }
        return letter < 0xF0 ? letter + 5 : letter - 2;
    }
}
