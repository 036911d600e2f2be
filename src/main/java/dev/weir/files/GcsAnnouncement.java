package dev.weir.files;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.weir.files.Announcements.FaultException;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Notifications of Cloud Storage, which come through Pub/Sub. A message has attributes, such as {@code eventType}, {@code bucketId} and
 * {@code objectId}, and the object's metadata as its body, or no body if the notification's payload format is {@code NONE}. A connector
 * writes the body as the record's value and the attributes as headers, if it is told to; others write the whole message as JSON, with the
 * body in base64.
 *
 * <p>The identity of an object is its generation. The time of its last change is not taken over: metadata may be edited later, and the
 * edit's time is then the object's.
 */
final class GcsAnnouncement {
    private static final String FINALIZED = "OBJECT_FINALIZE";

    private GcsAnnouncement() {}

    static List<AnnouncedFile> files(byte[] value, UnaryOperator<String> header) throws IOException, FaultException {
        boolean hasBody = value != null && value.length > 0;
        JsonNode root = hasBody ? JsonObjects.one(value) : JsonNodeFactory.instance.objectNode();
        JsonNode message = root.path("message");
        if (!message.isObject()) {
            return List.of(file(root, header));
        }
        JsonNode attributes = message.path("attributes");
        return List.of(file(body(message), name -> Announcements.text(attributes, name)));
    }

    private static JsonNode body(JsonNode message) throws IOException, FaultException {
        String data = Announcements.text(message, "data");
        if (data == null) {
            return JsonNodeFactory.instance.objectNode();
        }
        try {
            return JsonObjects.one(Base64.getDecoder().decode(data));
        } catch (IllegalArgumentException e) {
            throw new FaultException("message.data is not base64");
        }
    }

    private static AnnouncedFile file(JsonNode object, UnaryOperator<String> attributes) throws FaultException {
        String bucket = either(Announcements.text(object, "bucket"), attributes.apply("bucketId"));
        String name = either(Announcements.text(object, "name"), attributes.apply("objectId"));
        String event = attributes.apply("eventType");
        // Without attributes, the object of a notice of deletion tells so itself.
        boolean created = event == null ? !object.has("timeDeleted") : event.equals(FINALIZED);
        if (!created) {
            return Announcements.notice(name);
        }
        if (bucket == null || name == null) {
            throw new FaultException(
                    "neither bucket and name, as the metadata of an object have, nor the attributes bucketId"
                            + " and objectId as headers");
        }
        if (bucket.indexOf('/') >= 0 || bucket.indexOf('\\') >= 0) {
            throw new FaultException("bucket is none of Cloud Storage");
        }
        String generation = either(Announcements.text(object, "generation"), attributes.apply("objectGeneration"));
        return Announcements.file(
                "gs://" + bucket + '/' + name,
                either(generation, Announcements.text(object, "etag")),
                Announcements.size(object),
                AnnouncedFile.UNKNOWN);
    }

    private static String either(String first, String second) {
        return first == null ? second : first;
    }
}
