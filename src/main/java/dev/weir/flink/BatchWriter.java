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
 * event follow unless the reading came in the same event as the one before. Only an event that is a row of a file also has the file's place
 * in a third table, and the row. Not thread-safe.
 */
final class BatchWriter {
    static final int NEW_SERIES = 1;
    static final int NEW_LABELS = 2;
    /** The reading came in the same event as the one before. An event with many readings crosses once. */
    static final int SAME_EVENT = 4;
    /** The event is a row of a file. */
    static final int FILE_ROW = 8;

    static final int NEW_FILE = 16;

    static final int SERIES_PLACES = 1 << 16;
    static final int LEAST_SERIES_PLACES = 1 << 10;
    static final int LABEL_PLACES = 1 << 10;
    static final int FILE_PLACES = 1 << 8;

    private static final int COUNT_AT = Integer.BYTES;
    private static final int FIRST_BYTES = 4 << 10;
    private static final int KEPT_BYTES = 128 << 10;

    private final int writer;
    private final NamePlaces<SeriesKey> series;
    private final NamePlaces<Labels> labels = new NamePlaces<>(LABEL_PLACES);
    private final NamePlaces<FileNames> files = new NamePlaces<>(FILE_PLACES);
    private DataOutputSerializer out = new DataOutputSerializer(FIRST_BYTES);

    private int count;
    private SeriesKey route;
    private Origin lastOrigin;
    /** The file of the last row, and its place: rows of one file come in runs. */
    private FileNames lastFile;

    private int filePlace;

    /**
     * What the rows of a file have in common.
     *
     * @param avroSchema null unless the rows are Avro
     */
    record FileNames(String uri, String avroSchema) {

        boolean is(String otherUri, String otherSchema) {
            return uri.equals(otherUri) && Objects.equals(avroSchema, otherSchema);
        }
    }

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
        int fileFlags = sameEvent || origin.file() == null ? 0 : fileFlags(reading);
        out.writeByte(
                (newSeries ? NEW_SERIES : 0) | (newLabels ? NEW_LABELS : 0) | (sameEvent ? SAME_EVENT : 0) | fileFlags);
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
            writeEvent(reading, fileFlags);
        }
    }

    /** Looks up the place of the reading's file, and returns its flags. */
    private int fileFlags(Reading reading) {
        String uri = reading.origin().file();
        if (lastFile != null && lastFile.is(uri, reading.avroSchema())) {
            return FILE_ROW;
        }
        lastFile = new FileNames(uri, reading.avroSchema());
        filePlace = files.of(lastFile);
        return files.isNew() ? FILE_ROW | NEW_FILE : FILE_ROW;
    }

    private void begin(Reading first) throws IOException {
        route = first.series();
        lastOrigin = null;
        out.writeInt(writer);
        out.writeInt(0);
    }

    private void writeEvent(Reading reading, int fileFlags) throws IOException {
        lastOrigin = reading.origin();
        out.writeInt(lastOrigin.partition());
        out.writeLong(lastOrigin.offset());
        out.writeLong(lastOrigin.timestampMillis());
        if (fileFlags != 0) {
            out.writeShort(filePlace);
            if ((fileFlags & NEW_FILE) != 0) {
                Wire.writeText(lastFile.uri(), out);
                Wire.writeText(lastFile.avroSchema(), out);
            }
            out.writeLong(lastOrigin.row());
        }
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
