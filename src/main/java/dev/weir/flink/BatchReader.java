package dev.weir.flink;

import dev.weir.core.model.Origin;
import dev.weir.core.model.Reading;
import dev.weir.core.model.SeriesKey;
import dev.weir.flink.BatchWriter.FileNames;
import dev.weir.flink.BatchWriter.Labels;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads the batches of several {@link BatchWriter}s, those of each writer in the order in which it wrote them. The bytes of an event are
 * copied only on request, which only a reject makes. Not thread-safe.
 */
final class BatchReader {
    private final int generation;
    private Names[] byWriter = new Names[0];
    private final NamePlaces<String> sensors = new NamePlaces<>(BatchWriter.SERIES_PLACES);

    private ByteBuffer in;
    private int count;
    private Reading[] readings = {};
    private SeriesRef[] series = {};
    private int[] eventAt = {};
    /** The file of each event; null if it is no row of a file. */
    private FileNames[] files = {};

    /** The tables of one writer, by place. */
    private static final class Names {
        private SeriesRef[] series = new SeriesRef[BatchWriter.LEAST_SERIES_PLACES];
        private final Labels[] labels = new Labels[BatchWriter.LABEL_PLACES];
        private final FileNames[] files = new FileNames[BatchWriter.FILE_PLACES];

        void series(int place, SeriesRef ref) {
            if (place >= series.length) {
                series = Arrays.copyOf(series, Integer.highestOneBit(place) << 1);
            }
            series[place] = ref;
        }
    }

    /** A series as one writer names it, and its cached state if that is known. */
    static final class SeriesRef {
        /** The cache replaces it by its own equal key, so that this one can be freed. */
        SeriesKey key;

        CachedSeries cached;

        SeriesRef(SeriesKey key) {
            this.key = key;
        }
    }

    /**
     * Creates a reader.
     *
     * @param generation set in the readings, so that accepting them needs no copy
     */
    BatchReader(int generation) {
        this.generation = generation;
    }

    /** Replaces the readings by those of this batch, without the bytes of their events. */
    void read(ReadingBatch batch) {
        in = ByteBuffer.wrap(batch.bytes());
        Names names = names(in.getInt());
        count = in.getInt();
        if (count > readings.length) {
            readings = new Reading[count];
            series = new SeriesRef[count];
            eventAt = new int[count];
            files = new FileNames[count];
        }
        Origin origin = null;
        for (int i = 0; i < count; i++) {
            origin = read(i, names, origin);
        }
    }

    private Names names(int writer) {
        if (writer >= byWriter.length) {
            byWriter = Arrays.copyOf(byWriter, writer + 1);
        }
        if (byWriter[writer] == null) {
            byWriter[writer] = new Names();
        }
        return byWriter[writer];
    }

    /**
     * Reads one reading and returns its origin.
     *
     * @param before the origin of the reading before, which this one may share
     */
    private Origin read(int i, Names names, Origin before) {
        int flags = in.get();
        int seriesPlace = Short.toUnsignedInt(in.getShort());
        if ((flags & BatchWriter.NEW_SERIES) != 0) {
            names.series(seriesPlace, new SeriesRef(seriesKey()));
        }
        series[i] = names.series[seriesPlace];
        int labelPlace = Short.toUnsignedInt(in.getShort());
        if ((flags & BatchWriter.NEW_LABELS) != 0) {
            names.labels[labelPlace] = new Labels(label(), label(), label());
        }
        Labels labels = names.labels[labelPlace];
        long eventTimeMicros = in.getLong();
        double value = in.getDouble();
        int quality = in.get();
        boolean sameEvent = (flags & BatchWriter.SAME_EVENT) != 0;
        Origin origin = sameEvent ? before : origin(i, flags, labels.topic(), names);
        if (sameEvent) {
            files[i] = files[i - 1];
        }
        eventAt[i] = sameEvent ? eventAt[i - 1] : in.position();
        if (!sameEvent) {
            skipBytes();
            skipBytes();
        }
        readings[i] = new Reading(
                series[i].key,
                eventTimeMicros,
                value,
                labels.unit(),
                labels.site(),
                quality,
                origin,
                null,
                null,
                generation);
        return origin;
    }

    private Origin origin(int i, int flags, String topic, Names names) {
        int partition = in.getInt();
        long offset = in.getLong();
        long timestampMillis = in.getLong();
        if ((flags & BatchWriter.FILE_ROW) == 0) {
            files[i] = null;
            return new Origin(topic, partition, offset, timestampMillis);
        }
        int place = Short.toUnsignedInt(in.getShort());
        if ((flags & BatchWriter.NEW_FILE) != 0) {
            names.files[place] = new FileNames(text(), text());
        }
        files[i] = names.files[place];
        return new Origin(topic, partition, offset, timestampMillis, files[i].uri(), in.getLong());
    }

    /** Returns the number of readings in the batch. */
    int count() {
        return count;
    }

    Reading reading(int i) {
        return readings[i];
    }

    SeriesRef series(int i) {
        return series[i];
    }

    /** Returns the key of the event that the reading came in, or null. */
    byte[] eventKey(int i) {
        return copy(eventAt[i]);
    }

    /** Returns the bytes of the event that the reading came in, or null if they do not cross the exchange. */
    byte[] eventValue(int i) {
        return copy(eventAt[i] + Integer.BYTES + Math.max(0, in.getInt(eventAt[i])));
    }

    /** Returns the Avro schema of the event's bytes, as JSON; null unless it is a row of an Avro or Parquet file. */
    String eventSchema(int i) {
        return files[i] == null ? null : files[i].avroSchema();
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

    /** Reads a key. All series of a sensor usually share one String, so that the lake's dictionary finds it by reference. */
    private SeriesKey seriesKey() {
        String sensor = text();
        sensor = sensors.nameAt(sensors.of(sensor));
        return new SeriesKey(sensor, text().intern());
    }

    private String label() {
        String label = text();
        return label == null ? null : label.intern();
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
