package dev.weir.flink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.core.model.Origin;
import dev.weir.core.model.Reading;
import dev.weir.core.model.SeriesKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a batch holds comes out as it went in, whatever places the names fall on. */
class ReadingBatchTest {
    private static final long SEED = 7;
    private static final int FEW_PLACES = 16; // names take each other's places

    private final Random random = new Random(SEED);
    private final BatchReader reader = new BatchReader(0);

    @Test
    void readingsOfTwoWritersComeOutAsTheyWentIn() throws Exception {
        BatchWriter[] writers = {new BatchWriter(0, FEW_PLACES), new BatchWriter(3, BatchWriter.SERIES_PLACES)};
        for (int batch = 0; batch < 200; batch++) {
            BatchWriter writer = writers[random.nextInt(2)];
            List<Reading> in = readings(1 + random.nextInt(20));
            for (Reading reading : in) {
                writer.add(reading);
            }
            assertThat(writer.count()).isEqualTo(in.size());
            assertThat(out(writer.take())).usingRecursiveComparison().isEqualTo(in);
            assertThat(writer.count()).isZero();
        }
    }

    /** A wide event makes several readings; its bytes cross once and belong to each. */
    @Test
    void theBytesOfAnEventCrossOnce() throws Exception {
        byte[] value = new byte[10_000];
        Origin origin = new Origin("t", 0, 1, 2);
        List<Reading> in = List.of(
                new Reading(new SeriesKey("s", "a"), 5, 1, null, null, 0, origin, null, value, 0),
                new Reading(new SeriesKey("s", "b"), 5, 2, null, null, 1, origin, null, value, 0));
        BatchWriter writer = new BatchWriter(0, FEW_PLACES);
        for (Reading reading : in) {
            writer.add(reading);
        }
        int bytes = writer.bytes();
        ReadingBatch batch = writer.take();
        assertThat(batch.bytes()).hasSize(bytes).hasSizeLessThan(10_200);
        assertThat(out(batch)).usingRecursiveComparison().isEqualTo(in);
    }

    /** The batch that begins with it must hold its origin and bytes, whatever the batch before held. */
    @Test
    void anEventMaySpanTwoBatches() throws Exception {
        Origin origin = new Origin("t", 0, 1, 2);
        Reading a = new Reading(new SeriesKey("s", "a"), 5, 1, null, null, 0, origin, null, new byte[] {7}, 0);
        Reading b = new Reading(new SeriesKey("s", "b"), 5, 2, null, null, 1, origin, null, new byte[] {7}, 0);
        BatchWriter writer = new BatchWriter(0, FEW_PLACES);
        writer.add(a);
        assertThat(out(writer.take())).usingRecursiveComparison().isEqualTo(List.of(a));
        writer.add(b);
        assertThat(out(writer.take())).usingRecursiveComparison().isEqualTo(List.of(b));
    }

    /** Events with the same offset are of one event only where topic and partition are the same, too. */
    @Test
    void eventsOfOneOffsetAreNotOneEvent() throws Exception {
        List<Reading> in = new ArrayList<>();
        for (Origin origin : List.of(
                new Origin("t", 0, 1, 2),
                new Origin("t", 1, 1, 3),
                new Origin("u", 1, 1, 4),
                new Origin("u", 1, 2, 5))) {
            byte[] value = {(byte) origin.timestampMillis()};
            in.add(new Reading(new SeriesKey("s", "a"), 5, 1, null, null, 0, origin, value, value, 0));
        }
        BatchWriter writer = new BatchWriter(0, FEW_PLACES);
        for (Reading reading : in) {
            writer.add(reading);
        }
        assertThat(out(writer.take())).usingRecursiveComparison().isEqualTo(in);
    }

    /** Without names: 8 bytes of the batch, 22 of the reading, 20 of its origin, and two lengths of 4. */
    @Test
    void namesCrossOnce() throws Exception {
        Reading reading = labelled("Cel", "roof", "t");
        BatchWriter writer = new BatchWriter(0, FEW_PLACES);
        writer.add(reading);
        assertThat(writer.take().bytes()).hasSizeGreaterThan(58);
        writer.add(labelled("Cel", "roof", "t"));
        assertThat(writer.take().bytes()).hasSize(58);
    }

    /** "Aa" and "BB" have one hash. */
    @Test
    void labelsOfOneHashAreToldApart() throws Exception {
        List<Reading> in = List.of(
                labelled("Aa", "Aa", "Aa"),
                labelled("BB", "Aa", "Aa"),
                labelled("Aa", "BB", "Aa"),
                labelled("Aa", "Aa", "BB"),
                labelled("", "", "BB"),
                labelled(null, null, "BB"));
        BatchWriter writer = new BatchWriter(0, FEW_PLACES);
        for (Reading reading : in) {
            writer.add(reading);
        }
        assertThat(out(writer.take())).usingRecursiveComparison().isEqualTo(in);
    }

    /** The reader's table begins with 1,024 places, and grows with the first that is beyond. */
    @Test
    void aSeriesMayHaveTheFirstPlaceBeyondTheReadersTable() throws Exception {
        NamePlaces<SeriesKey> places = new NamePlaces<>(BatchWriter.SERIES_PLACES);
        int number = 0;
        while (places.of(new SeriesKey("s-" + number, "m")) != BatchWriter.LEAST_SERIES_PLACES) {
            number++;
        }
        Origin origin = new Origin("t", 0, 1, 2);
        Reading reading =
                new Reading(new SeriesKey("s-" + number, "m"), 5, 1, null, null, 0, origin, null, new byte[] {7}, 0);
        BatchWriter writer = new BatchWriter(0, BatchWriter.SERIES_PLACES);
        writer.add(reading);
        assertThat(out(writer.take())).usingRecursiveComparison().isEqualTo(List.of(reading));
    }

    private static Reading labelled(String unit, String site, String topic) {
        return new Reading(new SeriesKey("s", "a"), 5, 1, unit, site, 0, new Origin(topic, 0, 1, 2), null, null, 0);
    }

    private List<Reading> out(ReadingBatch batch) {
        List<Reading> out = new ArrayList<>();
        reader.read(batch);
        for (int i = 0; i < reader.count(); i++) {
            Reading r = reader.reading(i);
            assertThat(reader.series(i).key).isEqualTo(r.series());
            out.add(new Reading(
                    r.series(),
                    r.eventTimeMicros(),
                    r.value(),
                    r.unit(),
                    r.site(),
                    r.quality(),
                    r.origin(),
                    reader.eventKey(i),
                    reader.eventValue(i),
                    reader.eventSchema(i),
                    r.generation()));
        }
        return out;
    }

    private List<Reading> readings(int count) {
        List<Reading> readings = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            readings.add(new Reading(
                    new SeriesKey("sensor-ä" + random.nextInt(50), "m" + random.nextInt(3)),
                    random.nextLong(),
                    random.nextDouble(),
                    random.nextBoolean() ? null : "Cel",
                    random.nextBoolean() ? null : "site" + random.nextInt(3000),
                    random.nextInt(8),
                    origin(),
                    bytes(),
                    bytes(),
                    null,
                    0));
            Reading last = readings.get(i);
            if (last.origin().file() != null && random.nextBoolean()) {
                readings.set(i, withSchema(last, "schema" + random.nextInt(2)));
            }
        }
        return readings;
    }

    /** Of a record, or of a row of one of more files than have a place. */
    private Origin origin() {
        Origin plain = new Origin("topic", random.nextInt(8), random.nextLong(), random.nextLong());
        return random.nextBoolean()
                ? plain
                : new Origin(
                        plain.topic(),
                        plain.partition(),
                        plain.offset(),
                        plain.timestampMillis(),
                        "s3://b/" + random.nextInt(1 << random.nextInt(12)),
                        1 + random.nextInt(1000));
    }

    private static Reading withSchema(Reading r, String schema) {
        return new Reading(
                r.series(),
                r.eventTimeMicros(),
                r.value(),
                r.unit(),
                r.site(),
                r.quality(),
                r.origin(),
                r.eventKey(),
                r.eventValue(),
                schema,
                0);
    }

    /** Beside what a plain reading takes: 2 bytes of the file's place and 8 of the row. */
    @Test
    void aFilesNameCrossesOnceToo() throws Exception {
        BatchWriter writer = new BatchWriter(0, FEW_PLACES);
        writer.add(inRow(1));
        assertThat(writer.take().bytes()).hasSizeGreaterThan(68);
        writer.add(inRow(2));
        writer.add(inRow(2));
        ReadingBatch batch = writer.take();
        assertThat(batch.bytes()).hasSize(68 + 22); // the second is of the same event
        reader.read(batchOfRowOne());
        assertThat(out(batch)).usingRecursiveComparison().isEqualTo(List.of(inRow(2), inRow(2)));
    }

    private static ReadingBatch batchOfRowOne() throws Exception {
        BatchWriter writer = new BatchWriter(0, FEW_PLACES);
        writer.add(inRow(1));
        return writer.take();
    }

    private static Reading inRow(long row) {
        Origin origin = new Origin("t", 0, 1, 2, "s3://bucket/file.avro", row);
        return withSchema(
                new Reading(new SeriesKey("s", "a"), 5, 1, "Cel", "roof", 0, origin, null, null, 0), "\"double\"");
    }

    private byte[] bytes() {
        if (random.nextInt(4) == 0) {
            return null;
        }
        byte[] bytes = new byte[random.nextInt(100)];
        random.nextBytes(bytes);
        return bytes;
    }
}
