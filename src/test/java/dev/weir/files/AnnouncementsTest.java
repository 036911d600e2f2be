package dev.weir.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.core.catalog.Files.Announcement;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The shapes of records are those of the vendors' documentation. */
class AnnouncementsTest {
    /** 2019-09-03T19:37:27.192Z. */
    private static final long S3_TIME = 1_567_539_447_192L;

    private static final String S3 =
            """
            {"Records": [{"eventVersion": "2.1", "eventSource": "aws:s3", "awsRegion": "us-east-2",
              "eventTime": "2019-09-03T19:37:27.192Z", "eventName": "ObjectCreated:Put",
              "userIdentity": {"principalId": "AWS:AIDAINPONIXQXHT3IKHL2"}, "requestParameters": {"sourceIPAddress": "205.255.255.255"},
              "responseElements": {"x-amz-request-id": "D82B88E5F771F645", "x-amz-id-2": "vlR7PnpV2Ce81l0PRw6jlUpck7Jo5ZsQ"},
              "s3": {"s3SchemaVersion": "1.0", "configurationId": "828aa6fc-f7b5-4305-8584-487c791949c1",
                "bucket": {"name": "plant-raw", "ownerIdentity": {"principalId": "A3I5XTEXAMAI3E"}, "arn": "arn:aws:s3:::plant-raw"},
                "object": {"key": "hall+1/b%C3%BChne%2B2.csv.gz", "size": 1305107, "eTag": "b21b84d653bb07b05b1e6b33684dc11b",
                  "sequencer": "0C0F6F405D6ED209E1"}}}]}""";

    private static final String BRIDGED =
            """
            {"version": "0", "id": "17793124-05d4-b198-2fde-7ededc63b103", "detail-type": "Object Created", "source": "aws.s3",
              "account": "111122223333", "time": "2021-11-12T00:00:00Z", "region": "ca-central-1",
              "resources": ["arn:aws:s3:::plant-raw"],
              "detail": {"version": "0", "bucket": {"name": "plant-raw"},
                "object": {"key": "hall 1/a+b%20c.csv", "size": 5, "etag": "b1946ac92492d2347c6235b4d2611184",
                  "version-id": "IYV3p45BT0ac8hjHg1houSdS1a.Mro8e", "sequencer": "617f08299329d189"},
                "request-id": "N4N7GDK58NMKJ12R", "requester": "123456789012", "source-ip-address": "1.2.3.4", "reason": "PutObject"}}""";

    private static final String GCS =
            """
            {"kind": "storage#object", "id": "plant-raw/hall 1/a+b.csv/1700000000123456", "name": "hall 1/a+b.csv",
              "selfLink": "https://www.googleapis.com/storage/v1/b/plant-raw/o/hall%201%2Fa%2Bb.csv", "bucket": "plant-raw",
              "generation": "1700000000123456", "metageneration": "1", "contentType": "text/csv",
              "timeCreated": "2023-11-14T22:13:20.123Z", "updated": "2023-11-14T22:13:20.123Z", "storageClass": "STANDARD",
              "size": "4096", "md5Hash": "8VICSQpXDbSa7J9kbUMXlA==", "etag": "CICAgICA=="}""";

    @Test
    void readsANotificationOfS3WhoseKeyIsUrlEncoded() {
        assertThat(files(Announcement.S3, S3))
                .containsExactly(new AnnouncedFile(
                        "s3://plant-raw/hall 1/bühne+2.csv.gz",
                        "b21b84d653bb07b05b1e6b33684dc11b",
                        1_305_107,
                        S3_TIME,
                        true));
    }

    @Test
    void aVersionIdIsTheVersionUnlessItIsThatOfAnObjectWithoutVersions() {
        String versioned =
                S3.replace("\"sequencer\"", "\"versionId\": \"096fKKXTRTtl3on89fVO.nfljtsv6qko\", \"sequencer\"");
        assertThat(files(Announcement.S3, versioned))
                .extracting(AnnouncedFile::version)
                .containsExactly("096fKKXTRTtl3on89fVO.nfljtsv6qko");
        for (String none : List.of("\"null\"", "\"\"", "null")) {
            String suspended = S3.replace("\"sequencer\"", "\"versionId\": " + none + ", \"sequencer\"");
            assertThat(files(Announcement.S3, suspended))
                    .extracting(AnnouncedFile::version)
                    .containsExactly("b21b84d653bb07b05b1e6b33684dc11b");
        }
    }

    @Test
    void readsANotificationOfMinioWhichEncodesSlashesToo() {
        String minio = "{\"EventName\": \"s3:ObjectCreated:Put\", \"Key\": \"plant-raw/hall+1/b\", "
                + S3.substring(1)
                        .replace("ObjectCreated:Put", "s3:ObjectCreated:CompleteMultipartUpload")
                        .replace("hall+1/b", "hall+1%2Fb");
        assertThat(files(Announcement.S3, minio))
                .extracting(AnnouncedFile::uri)
                .containsExactly("s3://plant-raw/hall 1/bühne+2.csv.gz");
    }

    @Test
    void readsANotificationOfCephWhoseSizeIsAText() {
        assertThat(files(Announcement.S3, S3.replace("1305107", "\"1024\"")))
                .extracting(AnnouncedFile::size)
                .containsExactly(1024L);
    }

    @Test
    void keepsTheOrderOfSeveralFiles() {
        String record = S3.substring(S3.indexOf('[') + 1, S3.lastIndexOf(']'));
        String both = "{\"Records\": [" + record + ',' + record.replace("hall+1", "hall+2") + "]}";
        assertThat(files(Announcement.S3, both))
                .extracting(AnnouncedFile::uri)
                .containsExactly("s3://plant-raw/hall 1/bühne+2.csv.gz", "s3://plant-raw/hall 2/bühne+2.csv.gz");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ObjectRemoved:Delete",
                "s3:ObjectRemoved:DeleteMarkerCreated",
                "LifecycleExpiration:Delete",
                "ObjectTagging:Put",
                "ObjectAcl:Put",
                "s3:ObjectAccessed:Get",
                "ObjectRestore:Completed"
            })
    void otherEventsAreNoticesThatNameNothingToRead(String event) {
        Announced announced = s3(S3.replace("ObjectCreated:Put", event));
        assertThat(announced.fault()).isNull();
        assertThat(announced.files()).singleElement().matches(file -> !file.created());
    }

    @Test
    void aTestMessageOfS3AnnouncesNothing() {
        assertThat(s3(
                        "{\"Service\": \"Amazon S3\", \"Event\": \"s3:TestEvent\", \"Time\": \"2014-10-13T15:57:02.089Z\","
                                + " \"Bucket\": \"plant-raw\", \"RequestId\": \"5582815E1AEA5ADF\"}"))
                .isEqualTo(new Announced(List.of(), null));
    }

    @Test
    void readsAnEventOfEventBridgeWhoseKeyIsNotEncoded() {
        assertThat(files(Announcement.S3, BRIDGED))
                .containsExactly(new AnnouncedFile(
                        "s3://plant-raw/hall 1/a+b%20c.csv",
                        "IYV3p45BT0ac8hjHg1houSdS1a.Mro8e", 5, 1_636_675_200_000L, true));
        assertThat(files(Announcement.S3, BRIDGED.replace("Object Created", "Object Deleted")))
                .singleElement()
                .matches(file -> !file.created());
    }

    @Test
    void readsANotificationOfCloudStorage() {
        AnnouncedFile file = new AnnouncedFile(
                "gs://plant-raw/hall 1/a+b.csv", "1700000000123456", 4096, AnnouncedFile.UNKNOWN, true);
        assertThat(files(Announcement.GCS, GCS)).containsExactly(file);
        assertThat(Announcements.parse(
                                Announcement.GCS, GCS.getBytes(UTF_8), Map.of("eventType", "OBJECT_FINALIZE")::get)
                        .files())
                .containsExactly(file);
        String message =
                "{\"message\": {\"attributes\": {\"eventType\": \"OBJECT_FINALIZE\", \"payloadFormat\": \"JSON_API_V1\"},"
                        + " \"data\": \"" + Base64.getEncoder().encodeToString(GCS.getBytes(UTF_8))
                        + "\", \"messageId\": \"1\"}, \"subscription\": \"projects/p/subscriptions/s\"}";
        assertThat(files(Announcement.GCS, message)).containsExactly(file);
    }

    @Test
    void aNotificationOfCloudStorageWithoutBodyHasAttributes() {
        Map<String, String> attributes = Map.of(
                "eventType",
                "OBJECT_FINALIZE",
                "payloadFormat",
                "NONE",
                "bucketId",
                "plant-raw",
                "objectId",
                "a b.csv",
                "objectGeneration",
                "17");
        AnnouncedFile file =
                new AnnouncedFile("gs://plant-raw/a b.csv", "17", AnnouncedFile.UNKNOWN, AnnouncedFile.UNKNOWN, true);
        assertThat(Announcements.parse(Announcement.GCS, null, attributes::get).files())
                .containsExactly(file);
        assertThat(Announcements.parse(Announcement.GCS, new byte[0], attributes::get)
                        .files())
                .containsExactly(file);
    }

    @ParameterizedTest
    @ValueSource(strings = {"OBJECT_DELETE", "OBJECT_ARCHIVE", "OBJECT_METADATA_UPDATE"})
    void otherEventsOfCloudStorageNameNothingToRead(String event) {
        assertThat(Announcements.parse(Announcement.GCS, GCS.getBytes(UTF_8), Map.of("eventType", event)::get)
                        .files())
                .singleElement()
                .matches(file -> !file.created());
        assertThat(files(Announcement.GCS, GCS.replace("\"updated\"", "\"timeDeleted\"")))
                .singleElement()
                .matches(file -> !file.created());
    }

    @Test
    void pathsAreLinesOrObjects() {
        assertThat(files(Announcement.PATHS, "\nfile:/data/a.csv\r\n  S3://Plant-Raw/x/../b%20c.csv \n\n"))
                .containsExactly(
                        new AnnouncedFile(
                                "file:///data/a.csv", null, AnnouncedFile.UNKNOWN, AnnouncedFile.UNKNOWN, true),
                        new AnnouncedFile(
                                "s3://plant-raw/b%20c.csv", null, AnnouncedFile.UNKNOWN, AnnouncedFile.UNKNOWN, true));
        assertThat(files(
                        Announcement.PATHS,
                        " {\"uri\": \"gs://b/a.csv\", \"version\": 17, \"size\": 3}\n"
                                + "{\"uri\": \"gs://b/b.csv\", \"version\": null}"))
                .containsExactly(
                        new AnnouncedFile("gs://b/a.csv", "17", 3, AnnouncedFile.UNKNOWN, true),
                        new AnnouncedFile("gs://b/b.csv", null, AnnouncedFile.UNKNOWN, AnnouncedFile.UNKNOWN, true));
    }

    /** It is refused when it is opened; the announcement as such has no fault. */
    @Test
    void aUriThatCannotBeNormalizedIsKeptAsAnnounced() {
        assertThat(files(Announcement.PATHS, "s3://user:secret@b/a"))
                .extracting(AnnouncedFile::uri)
                .containsExactly("s3://user:secret@b/a");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "S3|{|not JSON: Unexpected end-of-input",
                "S3|[]|not a JSON object",
                "S3|17|not a JSON object",
                "S3|~~|empty",
                "S3|{}{}|more than one JSON value",
                "S3|{}|neither Records, as S3 and MinIO send, nor detail-type, as EventBridge does",
                "S3|{\"Records\": [{}]}|no eventName",
                "S3|{\"Records\": [7]}|no eventName",
                "S3|{\"Records\": [{\"eventName\": \"ObjectCreated:Put\"}]}|no s3.bucket.name",
                "S3|{\"Records\": [{\"eventName\": \"ObjectCreated:Put\", \"s3\": {\"bucket\": {\"name\": \"b\"}}}]}|no s3.object.key",
                "S3|{\"detail-type\": \"Object Created\"}|no detail.bucket.name",
                "GCS|{\"bucket\": \"b\"}|neither bucket and name, as the metadata of an object have",
                "GCS|{\"message\": {\"data\": \"*\"}}|message.data is not base64",
                "PATHS|~ ~|empty",
                "PATHS|data/a.csv|no URI with a scheme and an absolute path, such as s3://bucket/key: \"data/a.csv\"",
                "PATHS|{\"url\": \"s3://b/a\"}|no uri",
                "PATHS|{\"uri\": \"s3://b/a\", \"size\": -1}|size is no number of bytes",
                "PATHS|{\"uri\": \"s3://b/a\", \"size\": \"1e400\"}|size is no number of bytes"
            })
    void namesTheFault(Announcement kind, String value, String fault) {
        Announced announced = Announcements.parse(kind, value.getBytes(UTF_8), name -> null);
        assertThat(announced.fault()).startsWith(fault);
        assertThat(announced.files()).isEmpty();
    }

    @Test
    void namesTheFaultOfAKeyThatIsNotEncoded() {
        assertThat(s3(S3.replace("%2B", "%zz")).fault()).startsWith("s3.object.key is not URL-encoded");
        assertThat(s3(S3.replace("\"plant-raw\"", "\"plant-raw/..\"")).fault())
                .isEqualTo("s3.bucket.name is none of a bucket");
    }

    @Test
    void aTombstoneIsAFaultUnlessHeadersSayAll() {
        for (Announcement kind : Announcement.values()) {
            assertThat(Announcements.parse(kind, null, name -> null).fault()).isNotNull();
        }
        assertThat(Announcements.parse(Announcement.PATHS, new byte[] {(byte) 0xFF}, name -> null)
                        .fault())
                .isEqualTo("not UTF-8");
    }

    @Property(tries = 2_000)
    void anyBytesAreAnAnnouncementOrHaveAFault(@ForAll Announcement kind, @ForAll @Size(max = 200) byte[] value) {
        check(kind, value);
    }

    @Property(tries = 3_000)
    void anySpoiledAnnouncementIsOneOrHasAFault(
            @ForAll Announcement kind, @ForAll @IntRange(max = 2_000) int at, @ForAll byte with, @ForAll boolean cut) {
        for (String text : List.of(S3, BRIDGED, GCS, "s3://b/a\ngs://b/c", "{\"uri\": \"s3://b/a\", \"size\": 3}")) {
            byte[] value = text.getBytes(UTF_8);
            value[at % value.length] = with;
            check(kind, cut ? Arrays.copyOf(value, at % value.length) : value);
        }
    }

    private static void check(Announcement kind, byte[] value) {
        Announced announced = Announcements.parse(kind, value, name -> null);
        assertThat(announced.files()).isNotNull();
        assertThat(announced.fault() == null || announced.files().isEmpty()).isTrue();
        assertThat(announced.files()).allMatch(file -> !file.created() || file.uri() != null);
    }

    private static Announced s3(String value) {
        return Announcements.parse(Announcement.S3, value.getBytes(UTF_8), name -> null);
    }

    private static List<AnnouncedFile> files(Announcement kind, String value) {
        Announced announced = Announcements.parse(kind, value.getBytes(UTF_8), name -> null);
        assertThat(announced.fault()).isNull();
        return announced.files();
    }
}
