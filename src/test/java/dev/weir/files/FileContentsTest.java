package dev.weir.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import dev.weir.core.model.FileOutcome;
import dev.weir.core.model.FileOutcome.Kind;
import dev.weir.core.model.Reason;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Compressed, damaged and empty files. */
class FileContentsTest {
    private static final String URI = "s3://b/in/a.csv";
    private static final String GZ = "s3://b/in/a.csv.gz";
    private static final int MANY = 30_000;

    private final Reading reading = new Reading();
    private final MemoryFiles store = reading.store;

    @AfterEach
    void everythingIsReleased() {
        reading.reader.close();
        Awaitility.await().until(() -> store.openStreams.get() == 0);
        assertThat(reading.reader.bufferedBytes()).isZero();
    }

    @Test
    void decompressesBySuffix() throws IOException {
        byte[] csv = Reading.csv(MANY);
        store.put(GZ, Compressed.gzip(csv));
        store.put("s3://b/a.CSV.ZST", Zstd.compress(csv));
        store.put("s3://b/a.csv.bz2", Compressed.bzip2(csv));
        for (String uri : List.of(GZ, "s3://b/a.CSV.ZST", "s3://b/a.csv.bz2")) {
            assertThat(reading.readAll(reading.open(uri)).kind()).isEqualTo(Kind.READ);
            assertThat(reading.rows).isEqualTo(Reading.rows(1, MANY));
        }
    }

    @Test
    void membersMayBeConcatenated() throws IOException {
        byte[] csv = Reading.csv(9_000);
        byte[] one = Arrays.copyOf(csv, 12_345);
        byte[] two = Arrays.copyOfRange(csv, 12_345, csv.length);
        store.put(GZ, Compressed.join(Compressed.gzip(one), Compressed.gzip(new byte[0]), Compressed.gzip(two)));
        store.put("s3://b/a.zst", Compressed.join(Zstd.compress(one), Zstd.compress(two)));
        store.put("s3://b/a.bz2", Compressed.join(Compressed.bzip2(one), Compressed.bzip2(two)));
        for (String uri : List.of(GZ, "s3://b/a.zst", "s3://b/a.bz2")) {
            assertThat(reading.readAll(reading.open(uri)).kind()).isEqualTo(Kind.READ);
            assertThat(reading.rows).isEqualTo(Reading.rows(1, 9_000));
        }
    }

    @Test
    void aDamagedFileKeepsTheRowsBeforeTheDamage() throws IOException {
        byte[] whole = Compressed.gzip(Reading.csv(MANY));
        byte[] flipped = whole.clone();
        flipped[whole.length - 6] ^= 1;
        byte[] second = Compressed.join(Compressed.gzip(Reading.csv(100)), Compressed.gzip("x".getBytes(UTF_8)));
        second[Compressed.gzip(Reading.csv(100)).length] = 0x55;
        byte[] zstd = Zstd.compress(Reading.csv(MANY));
        byte[] bzip2 = Compressed.bzip2(Reading.csv(MANY));
        store.put("s3://b/cut.gz", Arrays.copyOf(whole, whole.length / 2));
        store.put("s3://b/crc.gz", flipped);
        store.put("s3://b/second.gz", second);
        store.put("s3://b/cut.zst", Arrays.copyOf(zstd, zstd.length - 1));
        store.put("s3://b/cut.bz2", Arrays.copyOf(bzip2, bzip2.length - 3));
        byte[] middle = whole.clone();
        Arrays.fill(middle, whole.length / 2, whole.length / 2 + 20, (byte) 0xFF);
        store.put("s3://b/flipped.gz", middle);
        Map<String, Integer> rows = new HashMap<>();
        for (String name : List.of("cut.gz", "crc.gz", "second.gz", "cut.zst", "cut.bz2")) {
            FileOutcome end = reading.readAll(reading.open("s3://b/" + name));
            assertThat(end.kind()).as(name).isEqualTo(Kind.REJECTED);
            assertThat(end.reject().reason()).isEqualTo(Reason.FILE_UNREADABLE);
            assertThat(end.reject().detail()).startsWith("after " + end.rows() + " rows: damaged: ");
            assertThat(end.rows()).isEqualTo(reading.rows.size());
            assertThat(reading.rows).isEqualTo(Reading.rows(1, reading.rows.size()));
            rows.put(name, reading.rows.size());
        }
        assertThat(rows)
                .containsEntry("crc.gz", MANY)
                .containsEntry("second.gz", 100)
                .containsEntry("cut.bz2", MANY);
        assertThat(rows.get("cut.gz")).isBetween(MANY / 3, MANY * 2 / 3);
        assertThat(rows.get("cut.zst")).isBetween(MANY / 2, MANY);
        // What is damaged decompresses to something before it is noticed.
        FileOutcome flippedEnd = reading.readAll(reading.open("s3://b/flipped.gz"));
        assertThat(flippedEnd.reject().reason()).isEqualTo(Reason.FILE_UNREADABLE);
        assertThat(flippedEnd.rows()).isEqualTo(reading.rows.size());
        store.put("s3://b/no.gz", "not gzip at all".getBytes(UTF_8));
        assertThat(reading.readAll(reading.open("s3://b/no.gz")).reject().detail())
                .startsWith("after 0 rows: damaged: ");
    }

    @Test
    void aFileWithoutBytesHasNoRows() throws IOException {
        store.put(URI, new byte[0]);
        store.put(GZ, new byte[0]);
        store.put("s3://b/b.gz", Compressed.gzip(new byte[0]));
        for (String uri : List.of(URI, GZ, "s3://b/b.gz")) {
            assertThat(reading.readAll(reading.open(uri)))
                    .extracting(FileOutcome::kind, FileOutcome::rows)
                    .containsExactly(Kind.READ, 0L);
        }
    }

    @Test
    void aHeaderThatLacksAMappedColumnMakesTheFileUnreadable() {
        store.put(URI, "sensor;time,metric,x\na,1,t,2\n".getBytes(UTF_8));
        FileOutcome end = reading.readAll(reading.open(URI));
        assertThat(end.rows()).isZero();
        assertThat(end.reject().reason()).isEqualTo(Reason.FILE_UNREADABLE);
        assertThat(end.reject().detail())
                .isEqualTo("after 0 rows: the header line lacks \"sensor\", \"value\", \"time\", which every row needs;"
                        + " it has sensor;time, metric, x");
    }
}
