package dev.weir.source;

import static dev.weir.source.FileReading.record;
import static dev.weir.source.FileReading.split;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.core.catalog.Files.Announcement;
import java.util.List;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the state knows of the files that were read. Kafka and storage are the test's. */
@Timeout(30)
class FileProgressTest {
    private static final KafkaPartitionSplit SPLIT = split(0, 0, 1_000);

    private final FakeKafka kafka = new FakeKafka(500);
    private final FakeFiles files =
            new FakeFiles(2).with("s3://a", 3).with("s3://b", 2).with("s3://c", 1);

    @Test
    void aFileThatWasReadIsNotReadAgainWithinTheTime() throws Exception {
        FileReading reading = reading();
        kafka.send(SPLIT, record(0, 0, 5_000, versioned("s3://a", "1")));
        kafka.send(SPLIT, record(0, 1, 5_000, versioned("s3://a", "1")));
        kafka.send(SPLIT, record(0, 2, 6_000, versioned("s3://a", "1")));
        kafka.send(SPLIT, record(0, 3, 4_000, versioned("s3://a", "1")));
        kafka.send(SPLIT, record(0, 4, 5_500, versioned("s3://a", "2")));
        kafka.send(SPLIT, record(0, 5, 6_001, versioned("s3://a", "1")));

        assertThat(outcomes(reading))
                .containsExactly(
                        "0 s3://a READ",
                        "1 s3://a REPEATED",
                        "2 s3://a REPEATED",
                        "3 s3://a REPEATED",
                        "4 s3://a READ",
                        "5 s3://a READ");
        assertThat(files.opened()).as("repetitions are not even opened").hasSize(3);
    }

    @Test
    void aFileWithoutAnAnnouncedVersionIsRecognizedWhenItIsOpen() throws Exception {
        FileReading reading = reading();
        kafka.send(SPLIT, record(0, 0, 0, "s3://a\ns3://a"));
        kafka.send(SPLIT, record(0, 1, 0, "s3://b"));
        assertThat(outcomes(reading)).containsExactly("0 s3://a READ", "0 s3://a REPEATED", "1 s3://b READ");
        assertThat(reading.events().get(4).outcome().bytes()).isEqualTo(3);
        assertThat(files.open()).isZero();
    }

    @Test
    void aFileThatWasNotReadToItsEndIsTriedAgain() throws Exception {
        KafkaPartitionSplit endless = split(0, 0, KafkaPartitionSplit.NO_STOPPING_OFFSET);
        FileReading reading = new FileReading(Announcement.PATHS, kafka, files);
        reading.add(endless);
        kafka.send(endless, record(0, 0, 0, versioned("s3://later", "1")));
        reading.fetch(9);
        files.with("s3://later", 0);
        kafka.send(endless, record(0, 1, 0, versioned("s3://later", "1")));
        reading.fetch(9);

        assertThat(reading.events())
                .extracting(FileReading::shown)
                .containsExactly("0 s3://later REJECTED FILE_MISSING", "1 s3://later READ");
    }

    /** A checkpoint may lie between any two records. Whatever it holds, the rest follows, and nothing twice. */
    @Test
    void goesOnAfterEveryRecord() throws Exception {
        files.with("s3://empty", 0).with("s3://long", 11);
        List<ConsumerRecord<byte[], byte[]>> records = List.of(
                record(0, 3, 100, versioned("s3://a", "1")),
                record(0, 4, 200, "s3://b\ns3://empty\ns3://gone\ns3://long"),
                record(0, 7, 300, versioned("s3://a", "1") + versioned("s3://c", "1")),
                record(0, 8, 400, "no announcement"),
                record(0, 9, 500, "s3://b"),
                record(0, 11, 2_000, versioned("s3://a", "1")));
        List<String> all = readFrom(SPLIT, records, Integer.MAX_VALUE).all();
        assertThat(all).hasSize(3 + 1 + 2 + 1 + 1 + 1 + 11 + 1 + 1 + 2 + 1 + 1 + 4);

        for (int before = 0; before < all.size(); before++) {
            Stopped stopped = readFrom(SPLIT, records, before);
            assertThat(stopped.all()).isEqualTo(all.subList(0, before));
            assertThat(readFrom(stopped.split(), records, Integer.MAX_VALUE).all())
                    .as("after %s", before == 0 ? "nothing" : all.get(before - 1))
                    .isEqualTo(all.subList(before, all.size()));
        }
    }

    private record Stopped(List<String> all, KafkaPartitionSplit split) {}

    /** Reads from the split on until so many records are emitted, and returns them and the checkpoint then. */
    private Stopped readFrom(KafkaPartitionSplit split, List<ConsumerRecord<byte[], byte[]>> records, int atMost)
            throws Exception {
        FileReading reading = new FileReading(Announcement.PATHS, new FakeKafka(2), files);
        records.stream()
                .filter(record -> record.offset() >= split.getStartingOffset())
                .forEach(record -> reading.kafka.send(split, record));
        reading.add(split);
        int left = atMost;
        while (left > 0 && reading.finished.isEmpty()) {
            left -= reading.fetch(left);
        }
        List<String> shown = reading.events().stream().map(FileReading::shown).toList();
        return new Stopped(shown, reading.finished.isEmpty() ? reading.checkpoint(split) : null);
    }

    private FileReading reading() {
        FileReading reading = new FileReading(Announcement.PATHS, kafka, files);
        reading.add(SPLIT);
        return reading;
    }

    private static List<String> outcomes(FileReading reading) throws Exception {
        return reading.toTheEnd().stream()
                .filter(event -> event.outcome() != null)
                .map(FileReading::shown)
                .toList();
    }

    private static String versioned(String uri, String version) {
        return "{\"uri\":\"" + uri + "\",\"version\":\"" + version + "\"}";
    }
}
