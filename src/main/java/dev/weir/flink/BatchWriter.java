package dev.weir.flink;

import dev.weir.core.model.Origin;
import dev.weir.core.model.Reading;
import dev.weir.core.model.SeriesKey;
import java.io.IOException;
import java.util.Objects;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * Gathers the readings for one subtask of the series operator. Names go over once and are numbers from then on: the numbers are places in
 * a table that the reader keeps alike, and a name that falls on a taken place is sent anew and takes it. So a table is bounded on both
 * sides, and what was written must be read in this order and completely.
 *
 * <p>A batch: the writer's number, the number of readings, and for each {@link #NEW_SERIES flags}, the places of its series and labels (unit,
 * site, topic; each followed by the names if new), the fixed fields, and, unless it came in the same event as the reading before, origin,
 * key and value of its event. Not thread-safe.
 */
final class BatchWriter {
    static final int NEW_SERIES = 1;
    static final int NEW_LABELS = 2;
    /** It came in the same event as the reading before: a wide event crosses once. */
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

    /** The names of a reading that repeat apart from its series. */
    record Labels(String unit, String site, String topic) {

        @Override
        public int hashCode() {
            return 31 * (31 * Objects.hashCode(unit) + Objects.hashCode(site)) + topic.hashCode();
        }

        /** As a record's own, without its method handle, which is slow. */
        @Override
        public boolean equals(Object other) {
            return other instanceof Labels that
                    && topic.equals(that.topic)
                    && Objects.equals(site, that.site)
                    && Objects.equals(unit, that.unit);
        }
    }

    /**
     * @param writer number of the writer among all whose batches one reader gets
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

    /** See {@link NamePlaces#touch}. */
    int touch(int seriesHash) {
        return series.touch(seriesHash);
    }

    /** See {@link NamePlaces#touchNames}. */
    int touchNames(int seriesHash) {
        return series.touchNames(seriesHash);
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
        boolean sameEvent = lastOrigin != null && ofOneEvent(origin, lastOrigin);
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

    private static boolean ofOneEvent(Origin one, Origin other) {
        return one.offset() == other.offset()
                && one.partition() == other.partition()
                && one.topic().equals(other.topic());
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

    /** What was gathered; the writer is empty afterwards. */
    ReadingBatch take() throws IOException {
        out.writeIntUnsafe(count, COUNT_AT);
        ReadingBatch batch = new ReadingBatch(route, out.getCopyOfBuffer());
        if (out.length() > KEPT_BYTES) {
            out = new DataOutputSerializer(FIRST_BYTES); // one huge event must not stay in memory
        }
        out.clear();
        count = 0;
        return batch;
    }
}
