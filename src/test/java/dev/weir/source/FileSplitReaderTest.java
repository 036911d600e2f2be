package dev.weir.source;

import static dev.weir.source.FileReading.record;
import static dev.weir.source.FileReading.split;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.core.catalog.Files.Announcement;
import dev.weir.core.model.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Files in the place of their announcements. Kafka and storage are the test's. */
@Timeout(30)
class FileSplitReaderTest {
    private static final KafkaPartitionSplit SPLIT = split(0, 0, 1_000);

    private final FakeKafka kafka = new FakeKafka(500);
    private final FakeFiles files =
            new FakeFiles(2).with("s3://a", 3).with("s3://b", 2).with("s3://c", 1);

    @Test
    void rowsStandInThePlaceOfTheirAnnouncementWithAllThatItSays() throws Exception {
        FileReading reading = reading();
        kafka.send(SPLIT, record(0, 5, 7, "s3://a"));

        List<Event> events = reading.toTheEnd();

        assertThat(events)
                .extracting(FileReading::shown)
                .containsExactly("5 s3://a 1 1", "5 s3://a 2 2", "5 s3://a 3 3", "5 s3://a READ");
        assertThat(events).allSatisfy(event -> {
            assertThat(event.origin().topic()).isEqualTo("files");
            assertThat(event.origin().timestampMillis()).isEqualTo(7);
            assertThat(event.key()).isEqualTo("key5".getBytes(UTF_8));
        });
        assertThat(events.get(0).headers()).extracting(Event.Header::name).containsExactly("kept");
        assertThat(events.get(2).headers()).isSameAs(events.get(0).headers());
        assertThat(events.get(0).file()).isNotNull().isSameAs(events.get(1).file());
        assertThat(events.get(3).value()).isEqualTo("s3://a".getBytes(UTF_8));
        assertThat(events.get(3).origin().row()).isZero();
        assertThat(events.get(3).outcome().rows()).isEqualTo(3);
    }

    @Test
    void filesComeInTheOrderOfTheirAnnouncementsWhicheverIsReadyFirst() throws Exception {
        FileReading reading = reading();
        files.away("s3://a");
        kafka.send(SPLIT, record(0, 0, 0, "s3://a\ns3://b"));
        kafka.send(SPLIT, record(0, 1, 0, "s3://c"));
        reading.fetch(9);
        assertThat(reading.events()).isEmpty();
        assertThat(files.opened()).as("read ahead").containsExactly("s3://a", "s3://b", "s3://c");

        files.back("s3://a");
        reading.wakeUps.wakeUp();

        assertThat(reading.toTheEnd())
                .extracting(FileReading::shown)
                .containsExactly(
                        "0 s3://a 1 1",
                        "0 s3://a 2 2",
                        "0 s3://a 3 3",
                        "0 s3://a READ",
                        "0 s3://b 1 1",
                        "0 s3://b 2 2",
                        "0 s3://b READ",
                        "1 s3://c 1 1",
                        "1 s3://c READ");
        assertThat(files.open()).isZero();
    }

    @Test
    void aRecordThatNamesNothingToReadHasOneOutcome() throws Exception {
        FileReading reading = reading(Announcement.S3);
        kafka.send(SPLIT, record(0, 0, 0, "{"));
        kafka.send(SPLIT, record(0, 1, 0, null));
        kafka.send(SPLIT, record(0, 2, 0, "{\"Event\":\"s3:TestEvent\"}"));
        kafka.send(SPLIT, record(0, 3, 0, removed("a")));
        kafka.send(SPLIT, new SkippedRange(new TopicPartition("files", 0), 9, 5));

        List<Event> events = reading.toTheEnd();

        assertThat(events)
                .extracting(FileReading::shown)
                .containsExactly(
                        "0 null REJECTED MALFORMED",
                        "1 null REJECTED MALFORMED",
                        "2 null IGNORED",
                        "3 a IGNORED",
                        "8 null lost 5");
        assertThat(events.get(0).outcome().reject().detail()).contains("JSON");
    }

    @Test
    void aPartitionWithAFullQueueIsPausedUntilThereIsRoom() throws Exception {
        FileReading reading = reading();
        files.away("s3://a");
        for (int i = 0; i < 5_000; i++) {
            kafka.send(SPLIT, record(0, i, 0, "s3://a"));
        }
        CompletableFuture<Integer> fetch = later(reading);
        Awaitility.await().until(() -> !kafka.paused().isEmpty() && kafka.isWaiting());
        assertThat(kafka.paused()).containsExactly(SPLIT.splitId());
        assertThat(kafka.unread(SPLIT)).isEqualTo(3_500);

        files.back("s3://a");
        reading.wakeUps.wakeUp();
        fetch.get();
        List<Event> events = reading.toTheEnd();

        assertThat(events.stream().filter(event -> event.outcome() != null)).hasSize(5_000);
        assertThat(kafka.paused()).isEmpty();
    }

    @Test
    void aSplitEndsWithItsLastFileNotWithItsLastAnnouncement() throws Exception {
        FileReading reading = reading();
        files.away("s3://b");
        kafka.send(SPLIT, record(0, 0, 0, "s3://a"));
        kafka.send(SPLIT, record(0, 1, 0, "s3://b"));
        while (reading.events().size() < 4) {
            reading.fetch(9);
        }
        CompletableFuture<Integer> fetch = later(reading);
        assertThat(reading.finished).isEmpty();

        files.back("s3://b");
        reading.wakeUps.wakeUp();
        fetch.get();

        assertThat(reading.toTheEnd()).hasSize(7);
        assertThat(reading.finished).containsExactly(SPLIT.splitId());
    }

    @Test
    void aSplitWithoutRecordsEnds() throws Exception {
        assertThat(reading().toTheEnd()).isEmpty();
    }

    @Test
    void partitionsTakeTurnsAndNewAnnouncementsAreSeenMeanwhile() throws Exception {
        KafkaPartitionSplit endless = split(0, 0, KafkaPartitionSplit.NO_STOPPING_OFFSET);
        KafkaPartitionSplit other = split(1, 0, KafkaPartitionSplit.NO_STOPPING_OFFSET);
        FileReading reading = new FileReading(Announcement.PATHS, kafka, files.with("s3://long", 1_000_000));
        reading.add(endless, other);
        kafka.send(endless, record(0, 0, 0, "s3://long"));
        assertThat(reading.fetch(Integer.MAX_VALUE)).isEqualTo(5_000);
        kafka.send(other, record(1, 0, 0, "s3://a"));
        assertThat(reading.fetch(Integer.MAX_VALUE)).as("asked just now").isEqualTo(5_000);

        reading.ticks.advanceTime(50, TimeUnit.MILLISECONDS);
        reading.fetch(Integer.MAX_VALUE);
        reading.fetch(Integer.MAX_VALUE);

        assertThat(reading.events())
                .filteredOn(event -> event.origin().partition() == 1)
                .hasSize(4);
    }

    @Test
    void aGlanceAtKafkaWithoutAnnouncementsEndsSoon() throws Exception {
        KafkaPartitionSplit endless = split(0, 0, KafkaPartitionSplit.NO_STOPPING_OFFSET);
        FileReading reading = new FileReading(Announcement.PATHS, kafka, files.with("s3://long", 1_000_000));
        reading.add(endless);
        kafka.send(endless, record(0, 0, 0, "s3://long"));
        List<Long> nanos = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            reading.ticks.advanceTime(50, TimeUnit.MILLISECONDS);
            long start = System.nanoTime();
            reading.fetch(Integer.MAX_VALUE);
            nanos.add(System.nanoTime() - start);
        }

        assertThat(nanos).allMatch(took -> took < TimeUnit.SECONDS.toNanos(5));
    }

    @Test
    void closesEverything() throws Exception {
        FileReading reading = reading();
        files.away("s3://a");
        kafka.send(SPLIT, record(0, 0, 0, "s3://a\ns3://b\ns3://c"));
        reading.fetch(0);
        assertThat(files.open()).isEqualTo(3);

        reading.reader.close();

        assertThat(files.open()).isZero();
        assertThat(kafka.isClosed()).isTrue();
    }

    /** Fetches until something is emitted. */
    private static CompletableFuture<Integer> later(FileReading reading) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                int emitted = 0;
                while (emitted == 0) {
                    emitted = reading.fetch(Integer.MAX_VALUE);
                }
                return emitted;
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
    }

    private FileReading reading() {
        return reading(Announcement.PATHS);
    }

    private FileReading reading(Announcement announcement) {
        FileReading reading = new FileReading(announcement, kafka, files);
        reading.add(SPLIT);
        return reading;
    }

    private static String removed(String key) {
        return "{\"Records\":[{\"eventName\":\"ObjectRemoved:Delete\",\"s3\":{\"object\":{\"key\":\"" + key + "\"}}}]}";
    }
}
