package dev.weir.announce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.core.catalog.Files.Announcement;
import dev.weir.files.AnnouncedFile;
import dev.weir.files.Announcements;
import dev.weir.files.FileListing.Listed;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;

/** The job reads what is announced here as it reads what a store announces. */
class AnnouncementTextTest {
    private static final long AT = Instant.parse("2026-03-01T12:30:00.123Z").toEpochMilli();

    @Test
    void writesWhatEachKindOfInputReads() {
        String odd = "://bucket-1/a b/c+d=1/é%20&?#.csv.gz";
        assertThat(read(Announcement.PATHS, "file:///data/a b%20.csv"))
                .isEqualTo(new AnnouncedFile("file:///data/a b%20.csv", null, 7, AnnouncedFile.UNKNOWN, true));
        assertThat(read(Announcement.PATHS, "s3" + odd))
                .isEqualTo(new AnnouncedFile("s3" + odd, null, 7, AnnouncedFile.UNKNOWN, true));
        assertThat(read(Announcement.S3, "s3" + odd)).isEqualTo(new AnnouncedFile("s3" + odd, null, 7, AT, true));
        assertThat(read(Announcement.GCS, "gs" + odd))
                .isEqualTo(new AnnouncedFile("gs" + odd, null, 7, AnnouncedFile.UNKNOWN, true));
    }

    @Test
    void looksAsTheStoreWritesIt() {
        ProducerRecord<byte[], byte[]> s3 =
                AnnouncementText.record(Announcement.S3, "t", "kiln 3", new Listed("s3://b/x/a b.csv", 7, AT));
        assertThat(s3.value())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("{\"Records\":[{\"eventVersion\":\"2.1\",\"eventSource\":\"weir:announce\","
                        + "\"eventTime\":\"2026-03-01T12:30:00.123Z\",\"eventName\":\"ObjectCreated:Put\","
                        + "\"s3\":{\"bucket\":{\"name\":\"b\"},\"object\":{\"key\":\"x/a+b.csv\",\"size\":7}}}]}");
        assertThat(s3.key()).asString(StandardCharsets.UTF_8).isEqualTo("kiln 3");
        ProducerRecord<byte[], byte[]> gcs =
                AnnouncementText.record(Announcement.GCS, "t", "k", new Listed("gs://b/x", 7, AT));
        assertThat(gcs.value())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("{\"kind\":\"storage#object\",\"bucket\":\"b\",\"name\":\"x\",\"size\":\"7\","
                        + "\"updated\":\"2026-03-01T12:30:00.123Z\"}");
        assertThat(gcs.headers()).extracting(Header::key).contains("eventType", "bucketId", "objectId");
    }

    private static AnnouncedFile read(Announcement kind, String uri) {
        ProducerRecord<byte[], byte[]> record = AnnouncementText.record(kind, "t", "k", new Listed(uri, 7, AT));
        return Announcements.parse(kind, record.value(), name -> {
                    Header header = record.headers().lastHeader(name);
                    return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
                })
                .files()
                .get(0);
    }
}
