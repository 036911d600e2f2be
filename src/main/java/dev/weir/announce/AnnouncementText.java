package dev.weir.announce;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.core.catalog.Files.Announcement;
import dev.weir.files.FileListing.Listed;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * Writes an announcement as the store itself would. A listing tells neither version id nor etag, so the identity of such a file is its size
 * and modification time.
 */
final class AnnouncementText {
    private static final ObjectMapper JSON = new ObjectMapper();

    private AnnouncementText() {}

    /** Returns the record that announces the file. */
    static ProducerRecord<byte[], byte[]> record(Announcement kind, String topic, String key, Listed file) {
        ObjectNode value =
                switch (kind) {
                    case PATHS -> object().put("uri", file.uri()).put("size", file.size());
                    case S3 -> s3(file);
                    case GCS -> gcs(file);
                };
        List<Header> headers = kind == Announcement.GCS ? attributes(file) : List.of();
        return new ProducerRecord<>(topic, null, key.getBytes(StandardCharsets.UTF_8), bytes(value), headers);
    }

    private static ObjectNode s3(Listed file) {
        // As S3 does, which encodes the keys of its notifications like a form, slashes excepted.
        String key = URLEncoder.encode(name(file), StandardCharsets.UTF_8).replace("%2F", "/");
        ObjectNode root = object();
        ObjectNode event = root.putArray("Records").addObject();
        event.put("eventVersion", "2.1").put("eventSource", "weir:announce");
        event.put("eventTime", time(file)).put("eventName", "ObjectCreated:Put");
        ObjectNode s3 = event.putObject("s3");
        s3.putObject("bucket").put("name", bucket(file));
        s3.putObject("object").put("key", key).put("size", file.size());
        return root;
    }

    private static ObjectNode gcs(Listed file) {
        return object().put("kind", "storage#object")
                .put("bucket", bucket(file))
                .put("name", name(file))
                // A text, as in all of Cloud Storage's metadata.
                .put("size", Long.toString(file.size()))
                .put("updated", time(file));
    }

    private static List<Header> attributes(Listed file) {
        return List.of(
                header("eventType", "OBJECT_FINALIZE"),
                header("payloadFormat", "JSON_API_V1"),
                header("bucketId", bucket(file)),
                header("objectId", name(file)));
    }

    private static Header header(String name, String value) {
        return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
    }

    private static String bucket(Listed file) {
        int start = file.uri().indexOf("://") + 3;
        return file.uri().substring(start, file.uri().indexOf('/', start));
    }

    private static String name(Listed file) {
        return file.uri().substring(file.uri().indexOf('/', file.uri().indexOf("://") + 3) + 1);
    }

    private static String time(Listed file) {
        return Instant.ofEpochMilli(file.modifiedMillis()).toString();
    }

    private static byte[] bytes(ObjectNode value) {
        try {
            return JSON.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
