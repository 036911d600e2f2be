package dev.weir.flink;

import dev.weir.core.model.Origin;
import dev.weir.core.model.Reading;
import dev.weir.core.model.SeriesKey;
import java.io.IOException;
import java.util.Objects;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * Writes the readings for one subtask of the series operator into batches. A name crosses once and is a number from then on: its place in a
 * table of which the reader keeps a copy. A name whose place is taken replaces the other one and is sent again. Both tables are therefore
 * bounded, and the reader must read all batches in the order in which they were written.
 *
 * <p>A batch holds the writer's number and the number of readings. Each reading has its {@link #NEW_SERIES flags}, the places of its series
 * and of its labels (unit, site, topic), each followed by the names if they are new, and its fixed fields. Origin, key and value of the
 * event follow unless the reading came in the same event as the one before. Not thread-safe.
 */
final class BatchWriter {
    static final int NEW_SERIES = 1;
    static final int NEW_LABELS = 2;
    /** The reading came in the same event as the one before. An event with many readings crosses once. */
    static final int SAME_EVENT = 4;

    static final int SERIES_PLACES = 1 << 16;
    static final int LEAST_SERIES_PLACES = 1 << 10;
    static final int LABEL_PLACES = 1 << 10;

    private static final int COUNT_AT = Integer.BYTES;
    private static final int FIRST_BYTES = 4 << 10;
    private static final int KEPT_BYTES = 128 << 10;

    private final int writer;
    private final NamePlaces<SeriesKey> series;
    private final NamePlaces<Labels> labels = new NamePlaces<>(LABEL_PLACES);
    private DataOutputSerializer out = new DataOutputSerializer(FIRST_BYTES);

    private int count;
    private SeriesKey route;
    private Origin lastOrigin;

    /** The names of a reading that are not part of its series and repeat often. */
    record Labels(String unit, String site, String topic) {

        @Override
        public int hashCode() {
            return 31 * (31 * Objects.hashCode(unit) + Objects.hashCode(site)) + topic.hashCode();
        }

        /** Compares as the record's own method would. That one is slow, because it goes through a method handle. */
        @Override
        public boolean equals(Object other) {
            return other instanceof Labels that
                    && topic.equals(that.topic)
                    && Objects.equals(site, that.site)
                    && Objects.equals(unit, that.unit);
        }
    }

    /**
     * Creates a writer.
     *
     * @param writer index of the writing subtask, by which a reader tells the writers apart
     * @param seriesPlaces a power of two, at most {@link #SERIES_PLACES}
     */
    BatchWriter(int writer, int seriesPlaces) {
        this.writer = writer;
        this.series = new NamePlaces<>(seriesPlaces);
    }

    int count() {
        return count;
    }

    int bytes() {
        return out.length();
    }

    /** Calls {@link NamePlaces#prefetch} for a series. */
    int prefetch(int seriesHash) {
        return series.prefetch(seriesHash);
    }

    /** Calls {@link NamePlaces#prefetchNames} for a series. */
    int prefetchNames(int seriesHash) {
        return series.prefetchNames(seriesHash);
    }

    void add(Reading reading) throws IOException {
        if (count++ == 0) {
            begin(reading);
        }
        Origin origin = reading.origin();
        int seriesPlace = series.of(reading.series());
        boolean newSeries = series.isNew();
        Labels names = new Labels(reading.unit(), reading.site(), origin.topic());
        int labelPlace = labels.of(names);
        boolean newLabels = labels.isNew();
        boolean sameEvent = lastOrigin != null && origin.isOf(lastOrigin);
        out.writeByte((newSeries ? NEW_SERIES : 0) | (newLabels ? NEW_LABELS : 0) | (sameEvent ? SAME_EVENT : 0));
        out.writeShort(seriesPlace);
        if (newSeries) {
            Wire.writeSeries(reading.series(), out);
        }
        out.writeShort(labelPlace);
        if (newLabels) {
            Wire.writeText(names.unit(), out);
            Wire.writeText(names.site(), out);
            Wire.writeText(names.topic(), out);
        }
        out.writeLong(reading.eventTimeMicros());
        out.writeDouble(reading.value());
        out.writeByte(reading.quality());
        if (!sameEvent) {
            writeEvent(reading);
        }
    }

    private void begin(Reading first) throws IOException {
        route = first.series();
        lastOrigin = null;
        out.writeInt(writer);
        out.writeInt(0);
    }

    private void writeEvent(Reading reading) throws IOException {
        lastOrigin = reading.origin();
        out.writeInt(lastOrigin.partition());
        out.writeLong(lastOrigin.offset());
        out.writeLong(lastOrigin.timestampMillis());
        Wire.writeBytes(reading.eventKey(), out);
        Wire.writeBytes(reading.eventValue(), out);
    }

    /** Returns the batch written so far and empties the writer. */
    ReadingBatch take() throws IOException {
        out.writeIntUnsafe(count, COUNT_AT);
        ReadingBatch batch = new ReadingBatch(route, out.getCopyOfBuffer());
        if (out.length() > KEPT_BYTES) {
            out = new DataOutputSerializer(FIRST_BYTES); // does not keep the buffer of one huge event
        }
        out.clear();
        count = 0;
        return batch;
    }
}
