package dev.weir.flink;

import dev.weir.core.model.Origin;
import dev.weir.core.model.Reading;
import dev.weir.core.model.SeriesKey;
import dev.weir.flink.BatchWriter.Labels;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads the batches that {@link BatchWriter}s wrote, those of each writer in the order in which it wrote them, reading by reading. The
 * bytes of an event stay where they are until somebody asks for them: only a reject does. Not thread-safe.
 */
final class BatchReader {
    private Names[] byWriter = new Names[0];

    private ByteBuffer in;
    private Names names;
    private int remaining;
    private Origin origin;
    private int eventAt;
    private SeriesRef series;

    /** What one writer has said so far. */
    private static final class Names {
        private SeriesRef[] series = new SeriesRef[BatchWriter.SERIES_PLACES >> 6];
        private final Labels[] labels = new Labels[BatchWriter.LABEL_PLACES];

        void series(int place, SeriesRef ref) {
            if (place >= series.length) {
                series = Arrays.copyOf(series, Integer.highestOneBit(place) << 1);
            }
            series[place] = ref;
        }
    }

    /** A series as one writer names it, with its place in the cache as far as that is known. */
    static final class SeriesRef {
        final SeriesKey key;
        StateCache.Entry cached;

        SeriesRef(SeriesKey key) {
            this.key = key;
        }
    }

    /** From now on the readings of this batch are read. */
    void begin(ReadingBatch batch) {
        in = ByteBuffer.wrap(batch.bytes());
        int writer = in.getInt();
        remaining = in.getInt();
        if (writer >= byWriter.length) {
            byWriter = Arrays.copyOf(byWriter, writer + 1);
        }
        if (byWriter[writer] == null) {
            byWriter[writer] = new Names();
        }
        names = byWriter[writer];
        origin = null;
    }

    boolean hasNext() {
        return remaining > 0;
    }

    /** The next reading, without its event's bytes. */
    Reading next() {
        remaining--;
        int flags = in.get();
        int seriesPlace = Short.toUnsignedInt(in.getShort());
        if ((flags & BatchWriter.NEW_SERIES) != 0) {
            names.series(seriesPlace, new SeriesRef(new SeriesKey(text(), text())));
        }
        series = names.series[seriesPlace];
        int labelPlace = Short.toUnsignedInt(in.getShort());
        if ((flags & BatchWriter.NEW_LABELS) != 0) {
            names.labels[labelPlace] = new Labels(text(), text(), text());
        }
        Labels labels = names.labels[labelPlace];
        long eventTimeMicros = in.getLong();
        double value = in.getDouble();
        int quality = in.get();
        if ((flags & BatchWriter.SAME_EVENT) == 0) {
            origin = new Origin(labels.topic(), in.getInt(), in.getLong(), in.getLong());
            eventAt = in.position();
            skipBytes();
            skipBytes();
        }
        return new Reading(
                series.key, eventTimeMicros, value, labels.unit(), labels.site(), quality, origin, null, null, 0);
    }

    /** Of the reading read last. */
    SeriesRef series() {
        return series;
    }

    /** The key of the event of the reading read last, or null. */
    byte[] eventKey() {
        return copy(eventAt);
    }

    /** The bytes of the event of the reading read last, or null where they do not cross the exchange. */
    byte[] eventValue() {
        return copy(eventAt + Integer.BYTES + Math.max(0, in.getInt(eventAt)));
    }

    private byte[] copy(int at) {
        int length = in.getInt(at);
        if (length < 0) {
            return null;
        }
        byte[] copy = new byte[length];
        in.get(at + Integer.BYTES, copy);
        return copy;
    }

    private void skipBytes() {
        int length = in.getInt();
        in.position(in.position() + Math.max(0, length));
    }

    private String text() {
        int length = in.getInt();
        if (length < 0) {
            return null;
        }
        String text = new String(in.array(), in.position(), length, StandardCharsets.UTF_8);
        in.position(in.position() + length);
        return text;
    }
}
