package dev.weir.files;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.files.Announcements.FaultException;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/**
 * Notifications of S3, MinIO and others that speak like them, and EventBridge's form. The former encode keys as in a URL, with {@code +}
 * for a blank; the latter does not.
 */
final class S3Announcement {
    private static final String CREATED = "ObjectCreated:";
    private static final String PREFIX = "s3:";

    private S3Announcement() {}

    static List<AnnouncedFile> files(byte[] value) throws IOException, FaultException {
        JsonNode root = JsonObjects.one(value);
        if (root.path("Records").isArray()) {
            List<AnnouncedFile> files = new ArrayList<>();
            for (JsonNode record : root.path("Records")) {
                files.add(notified(record));
            }
            return files;
        }
        if (root.has("detail-type")) {
            return List.of(bridged(root));
        }
        if (root.path("Event").asText().equals("s3:TestEvent")) {
            return List.of();
        }
        throw new FaultException("neither Records, as S3 and MinIO send, nor detail-type, as EventBridge does");
    }

    private static AnnouncedFile notified(JsonNode record) throws FaultException {
        String event = Announcements.needed(record, "eventName", "");
        String name = event.startsWith(PREFIX) ? event.substring(PREFIX.length()) : event;
        JsonNode object = record.path("s3").path("object");
        if (!name.startsWith(CREATED)) {
            return Announcements.notice(Announcements.text(object, "key"));
        }
        String bucket = bucket(record.path("s3").path("bucket"), "s3.bucket.");
        String key;
        try {
            key = URLDecoder.decode(Announcements.needed(object, "key", "s3.object."), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new FaultException("s3.object.key is not URL-encoded: " + e.getMessage());
        }
        String version = version(Announcements.text(object, "versionId"), Announcements.text(object, "eTag"));
        return Announcements.file(
                "s3://" + bucket + '/' + key, version, Announcements.size(object), millis(record, "eventTime"));
    }

    private static AnnouncedFile bridged(JsonNode root) throws FaultException {
        JsonNode detail = root.path("detail");
        JsonNode object = detail.path("object");
        if (!root.path("detail-type").asText().equals("Object Created")) {
            return Announcements.notice(Announcements.text(object, "key"));
        }
        String bucket = bucket(detail.path("bucket"), "detail.bucket.");
        String key = Announcements.needed(object, "key", "detail.object.");
        String version = version(Announcements.text(object, "version-id"), Announcements.text(object, "etag"));
        return Announcements.file(
                "s3://" + bucket + '/' + key, version, Announcements.size(object), millis(root, "time"));
    }

    private static String bucket(JsonNode bucket, String where) throws FaultException {
        String name = Announcements.needed(bucket, "name", where);
        if (name.indexOf('/') >= 0 || name.indexOf('\\') >= 0) {
            throw new FaultException(where + "name is none of a bucket");
        }
        return name;
    }

    /** The version id of an object without versions is the text null. It stays when the object is overwritten, so the etag counts. */
    private static String version(String id, String etag) {
        return id == null || id.equals("null") ? etag : id;
    }

    /** Returns the time; {@link AnnouncedFile#UNKNOWN} if there is none that can be read. */
    private static long millis(JsonNode object, String member) {
        String text = Announcements.text(object, member);
        try {
            return text == null
                    ? AnnouncedFile.UNKNOWN
                    : OffsetDateTime.parse(text).toInstant().toEpochMilli();
        } catch (DateTimeException | ArithmeticException e) {
            return AnnouncedFile.UNKNOWN;
        }
    }
}
