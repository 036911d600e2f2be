package dev.weir.files;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.core.decode.Details;
import dev.weir.files.Announcements.FaultException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** One URI a line, or JSON objects with {@code uri} and, if they are known, {@code version} and {@code size}. */
final class PathsAnnouncement {

    private PathsAnnouncement() {}

    static List<AnnouncedFile> files(byte[] value) throws IOException, FaultException {
        String text = text(value).strip();
        return text.startsWith("{") ? objects(value) : lines(text);
    }

    private static String text(byte[] value) throws FaultException {
        if (value == null) {
            throw new FaultException("tombstone");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(value))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new FaultException("not UTF-8");
        }
    }

    private static List<AnnouncedFile> objects(byte[] value) throws IOException, FaultException {
        List<AnnouncedFile> files = new ArrayList<>();
        for (JsonNode object : JsonObjects.all(value)) {
            String uri = checked(Announcements.needed(object, "uri", ""));
            files.add(Announcements.file(
                    uri, Announcements.text(object, "version"), Announcements.size(object), AnnouncedFile.UNKNOWN));
        }
        return files;
    }

    private static List<AnnouncedFile> lines(String text) throws FaultException {
        List<AnnouncedFile> files = new ArrayList<>();
        for (String line : text.lines().map(String::strip).toList()) {
            if (!line.isEmpty()) {
                files.add(Announcements.file(checked(line), null, AnnouncedFile.UNKNOWN, AnnouncedFile.UNKNOWN));
            }
        }
        if (files.isEmpty()) {
            throw new FaultException("empty");
        }
        return files;
    }

    private static String checked(String uri) throws FaultException {
        if (!FileUri.isUri(uri)) {
            throw new FaultException(
                    "no URI with a scheme and an absolute path, such as s3://bucket/key: " + Details.quote(uri));
        }
        return uri;
    }
}
