package dev.weir.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.core.catalog.Input.Format;
import dev.weir.core.model.FileOutcome;
import dev.weir.core.model.FileOutcome.Kind;
import dev.weir.core.model.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of announced files whatever the store does. */
class FileReaderTest {
    private static final String URI = "s3://b/in/a.csv";
    private static final String GZ = "s3://b/in/a.csv.gz";
    /** Enough for many chunks. */
    private static final int MANY = 30_000;

    private final Reading reading = new Reading();
    private final MemoryFiles store = reading.store;

    @TempDir
    Path directory;

    @AfterEach
    void everythingIsReleased() {
        reading.reader.close();
        Awaitility.await().until(() -> store.openStreams.get() == 0);
        assertThat(reading.reader.bufferedBytes()).isZero();
        assertThat(reading.reader.waiting()).isZero();
    }

    @Test
    void readsAFileInOrder() {
        byte[] csv = Reading.csv(MANY);
        store.put(URI, csv, 700);
        FileReader.Handle handle = reading.open("S3://b/in/../in/a.csv");
        Awaitility.await().until(() -> handle.stamp() != null);
        String version = csv.length + "-700";
        assertThat(handle.stamp()).isEqualTo(new FileStamp(version, csv.length, 700));

        FileOutcome end = reading.readAll(handle);

        assertThat(reading.rows).isEqualTo(Reading.rows(1, MANY));
        assertThat(reading.head.columns()).containsExactly("sensor", "time", "metric", "value");
        assertThat(end).isEqualTo(new FileOutcome(Kind.READ, null, URI, version, csv.length, MANY, store.millis()));
        assertThat(store.looks.get()).isEqualTo(1);
        assertThat(store.opens.get()).isEqualTo(1);
    }

    @Test
    void numbersRowsThroughAllChunks() {
        store.put(URI, Reading.csv(MANY));
        FileReader.Handle handle = reading.open(URI);
        long next = 1;
        while (true) {
            Rows rows = handle.poll();
            if (rows == null) {
                continue;
            }
            assertThat(rows.first()).isEqualTo(next);
            next += rows.rows().size();
            if (rows.end() != null) {
                break;
            }
            assertThat(rows.rows()).hasSizeBetween(1, ReadFile.CHUNK_ROWS);
        }
        assertThat(next).isEqualTo(MANY + 1);
        handle.close();
    }

    @Test
    void theAnnouncedVersionIsTheVersion() {
        store.put(URI, Reading.csv(1), 700);
        AnnouncedFile announced = new AnnouncedFile(URI, "v1", Reading.csv(1).length, 700 - 2_000, true);
        assertThat(reading.readAll(reading.reader.open(Reading.input(Format.CSV), announced, ResumeAt.START)))
                .extracting(FileOutcome::kind, FileOutcome::version)
                .containsExactly(Kind.READ, "v1");
    }

    @Test
    void nothingIsOpenedOutsideOfAllow() {
        store.put("s3://c/a.csv", Reading.csv(1));
        for (String uri : List.of("s3://c/a.csv", "s3://b/../c/a.csv", "s3a://b/a.csv", "s3://b/%2e%2e/a.csv")) {
            FileOutcome end = reading.readAll(reading.open(uri));
            assertThat(end.reject().reason()).isEqualTo(Reason.FILE_REFUSED);
            assertThat(end.uri()).isEqualTo(uri);
        }
        assertThat(store.looks.get()).isZero();
        assertThat(store.opens.get()).isZero();
    }

    @Test
    void aNoticeOfDeletionIsIgnored() {
        FileOutcome end = reading.readAll(
                reading.reader.open(Reading.input(Format.CSV), Announcements.notice("in/a.csv"), ResumeAt.START));
        assertThat(end.kind()).isEqualTo(Kind.IGNORED);
        assertThat(store.looks.get()).isZero();
    }

    @Test
    void aFileThatIsNotThereIsLookedForThreeTimesOver30Seconds() {
        FileReader.Handle handle = reading.open(URI);
        for (int i = 1; i <= 2; i++) {
            reading.readUntilTimer(handle);
            assertThat(store.looks.get()).isEqualTo(i);
            assertThat(store.advance(Duration.ofMillis(14_999))).isZero();
            assertThat(store.advance(Duration.ofMillis(1))).isEqualTo(1);
        }
        FileOutcome end = reading.readAll(handle);
        assertThat(end.reject().reason()).isEqualTo(Reason.FILE_MISSING);
        assertThat(end.reject().detail())
                .isEqualTo("not there, 3 tries over 30 s: FileNotFoundException: s3://b/in/a.csv");
        assertThat(store.looks.get()).isEqualTo(3);
    }

    @Test
    void aFileThatAppearsInTimeIsRead() {
        FileReader.Handle handle = reading.open(URI);
        reading.readUntilTimer(handle);
        store.put(URI, Reading.csv(5));
        store.advance(Duration.ofSeconds(15));
        assertThat(reading.readAll(handle).kind()).isEqualTo(Kind.READ);
    }

    @Test
    void storageThatIsAwayIsWaitedFor() {
        store.put(URI, Reading.csv(MANY));
        store.away = new IOException("503 Slow Down");
        FileReader.Handle handle = reading.open(URI);
        for (int i = 0; i < 30; i++) {
            reading.readUntilTimer(handle);
            assertThat(reading.reader.waiting()).isEqualTo(1);
            assertThat(handle.poll()).isNull();
            store.advance(Duration.ofSeconds(5));
        }
        reading.readUntilTimer(handle);
        store.away = null;
        store.advance(Duration.ofSeconds(5));
        assertThat(reading.readAll(handle).kind()).isEqualTo(Kind.READ);
        assertThat(reading.rows).isEqualTo(Reading.rows(1, MANY));
        assertThat(reading.reader.waiting()).isZero();
    }

    @Test
    void storageThatDoesNotAnswerCountsAsWaitedFor() {
        store.put(URI, Reading.csv(1));
        store.slow = new CountDownLatch(1);
        FileReader.Handle handle = reading.open(URI);
        Awaitility.await().until(() -> store.looks.get() == 1);
        assertThat(reading.reader.waiting()).isZero();
        store.advance(Duration.ofSeconds(11));
        assertThat(reading.reader.waiting()).isEqualTo(1);
        store.slow.countDown();
        assertThat(reading.readAll(handle).kind()).isEqualTo(Kind.READ);
    }

    @Test
    void aConnectionThatBreaksIsReplacedWhereItBroke() throws IOException {
        byte[] bytes = Compressed.gzip(Reading.csv(MANY));
        store.put(GZ, bytes);
        store.breakAt(GZ, bytes.length / 2, 1);
        assertThat(reading.readAll(reading.open(GZ)).kind()).isEqualTo(Kind.READ);
        assertThat(reading.rows).isEqualTo(Reading.rows(1, MANY));
        assertThat(store.opens.get()).isEqualTo(2);
    }

    @Test
    void aStreamThatBreaksAgainGoesOnAtTheRowWhereItWas() throws IOException {
        byte[] bytes = Compressed.gzip(Reading.csv(MANY));
        store.put(GZ, bytes);
        store.breakAt(GZ, bytes.length / 2, 3);
        FileReader.Handle handle = reading.open(GZ);
        reading.readUntilTimer(handle);
        List<String> before = new ArrayList<>(reading.rows);
        assertThat(before).isNotEmpty();
        store.advance(Duration.ofSeconds(5));
        assertThat(reading.readAll(handle).kind()).isEqualTo(Kind.READ);
        before.addAll(reading.rows);
        assertThat(before).isEqualTo(Reading.rows(1, MANY));
    }

    @Test
    void anOverwrittenFileIsMissing() {
        store.put(URI, Reading.csv(2), 10_000);
        long size = Reading.csv(2).length;
        AnnouncedFile other = new AnnouncedFile(URI, "v1", size + 1, 10_000, true);
        AnnouncedFile later = new AnnouncedFile(URI, "v1", size, 7_999, true);
        AnnouncedFile same = new AnnouncedFile(URI, "v1", size, 8_000, true);
        assertThat(read(other).reject().detail())
                .isEqualTo("overwritten since it was announced with " + (size + 1) + " bytes: it has " + size
                        + " now, and its own announcement follows");
        assertThat(read(later).reject())
                .extracting("reason", "detail")
                .containsExactly(
                        Reason.FILE_MISSING,
                        "overwritten 2001 ms after it was announced: its own announcement follows");
        assertThat(read(same).kind()).isEqualTo(Kind.READ);
        assertThat(store.opens.get()).isEqualTo(1);
    }

    private FileOutcome read(AnnouncedFile file) {
        return reading.readAll(reading.reader.open(Reading.input(Format.CSV), file, ResumeAt.START));
    }

    @Test
    void aFileThatIsOverwrittenWhileItIsReadIsUnreadable() {
        byte[] bytes = Reading.csv(MANY);
        store.put(URI, bytes, 500);
        store.breakAt(URI, bytes.length / 2, 2);
        FileReader.Handle handle = reading.open(URI);
        reading.readUntilTimer(handle);
        int before = reading.rows.size();
        assertThat(before).isPositive();
        store.put(URI, bytes, 501);
        store.advance(Duration.ofSeconds(5));
        FileOutcome end = reading.readAll(handle);
        assertThat(reading.rows).isEmpty();
        assertThat(end.rows()).isEqualTo(before);
        assertThat(end.reject().reason()).isEqualTo(Reason.FILE_UNREADABLE);
        assertThat(end.reject().detail()).isEqualTo("after " + before + " rows: it was overwritten while it was read");
    }

    @Test
    void goesOnAfterARestartBehindTheRowsThatWereRead() throws IOException {
        byte[] bytes = Compressed.gzip(Reading.csv(MANY));
        store.put(GZ, bytes, 500);
        ResumeAt resume = new ResumeAt(12_345, bytes.length, 500);
        FileReader.Handle handle = reading.reader.open(Reading.input(Format.CSV), Reading.file(GZ), resume);
        Rows first = null;
        while (first == null) {
            first = handle.poll();
        }
        assertThat(first.first()).isEqualTo(12_346);
        assertThat(new String(first.rows().get(0), UTF_8)).isEqualTo(Reading.row(12_346));
        assertThat(reading.readAll(handle))
                .extracting(FileOutcome::kind, FileOutcome::rows)
                .containsExactly(Kind.READ, (long) MANY);
    }

    @Test
    void afterARestartTheFileMustBeTheSame() {
        store.put(URI, Reading.csv(10), 500);
        ResumeAt resume = new ResumeAt(4, Reading.csv(10).length, 400);
        FileOutcome end = reading.readAll(reading.reader.open(Reading.input(Format.CSV), Reading.file(URI), resume));
        assertThat(end.rows()).isEqualTo(4);
        assertThat(end.reject().detail()).isEqualTo("after 4 rows: it was overwritten while it was read");
    }

    @Test
    void aDirectoryIsUnreadable() {
        store.directory = "s3://b/in";
        assertThat(reading.readAll(reading.open("s3://b/in")).reject().detail())
                .isEqualTo("after 0 rows: it is a directory");
    }

    @Test
    void readsLocalFilesAndNothingThatALinkLeadsTo() throws IOException {
        Path allow = Files.createDirectories(directory.resolve("allow"));
        Files.write(allow.resolve("a.csv"), Reading.csv(MANY));
        Path secret = Files.write(directory.resolve("secret.csv"), Reading.csv(1));
        Files.createSymbolicLink(allow.resolve("link.csv"), secret);
        try (FileReader local = new FileReader(reading.woken::release)) {
            var input = Reading.input(Format.CSV, Reading.CSV, "file://" + allow + "/");
            FileOutcome end =
                    reading.readAll(local.open(input, Reading.file("file:" + allow + "/a.csv"), ResumeAt.START));
            assertThat(end.kind()).isEqualTo(Kind.READ);
            assertThat(reading.rows).isEqualTo(Reading.rows(1, MANY));
            end = reading.readAll(local.open(input, Reading.file("file:" + allow + "/link.csv"), ResumeAt.START));
            assertThat(end.reject().reason()).isEqualTo(Reason.FILE_REFUSED);
            assertThat(reading.rows).isEmpty();
        }
    }
}
