package dev.weir.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.core.catalog.Files.Announcement;
import java.io.IOException;
import java.util.List;
import java.util.function.UnaryOperator;

/** Reads announcements. Any bytes are one, or have a fault; nothing is thrown. Thread-safe. */
public final class Announcements {

    /** Each rejected file is a dead letter with the whole announcement, so a record must not name any number of them. */
    static final int MAX_FILES = 1_000;

    private Announcements() {}

    /** Says why a record is no announcement. */
    static final class FaultException extends Exception {
        private static final long serialVersionUID = 1L;

        FaultException(String message) {
            super(message);
        }
    }

    /**
     * Returns what the record announces.
     *
     * @param value the record's value, or null
     * @param header returns the text of a header of the record by its name; null for none. Cloud Storage's notifications have attributes,
     *     which connectors write as headers
     */
    public static Announced parse(Announcement kind, byte[] value, UnaryOperator<String> header) {
        try {
            List<AnnouncedFile> files =
                    switch (kind) {
                        case S3 -> S3Announcement.files(value);
                        case GCS -> GcsAnnouncement.files(value, header);
                        case PATHS -> PathsAnnouncement.files(value);
                    };
            return files.size() > MAX_FILES
                    ? Announced.fault("more than " + MAX_FILES + " files")
                    : new Announced(files, null);
        } catch (FaultException e) {
            return Announced.fault(e.getMessage());
        } catch (JsonProcessingException e) {
            return Announced.fault("not JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            return Announced.fault("not JSON: " + e.getMessage());
        }
    }

    /** Returns a file of an announcement. */
    static AnnouncedFile file(String uri, String version, long size, long modifiedMillis) {
        String normalized = uri;
        try {
            normalized = FileUri.normalize(uri);
        } catch (IllegalArgumentException e) {
            // Refused when it is opened, with the reason.
        }
        return new AnnouncedFile(normalized, version, size, modifiedMillis, true);
    }

    /** Returns a notice that names nothing to read. */
    static AnnouncedFile notice(String uri) {
        return new AnnouncedFile(uri, null, AnnouncedFile.UNKNOWN, AnnouncedFile.UNKNOWN, false);
    }

    /** Returns the text of a member, which may be a number; null if it is absent, null or empty. */
    static String text(JsonNode object, String member) {
        JsonNode node = object.path(member);
        String text = node.isTextual() || node.isNumber() ? node.asText() : "";
        return text.isEmpty() ? null : text;
    }

    /** Returns the text of a member that must be there. */
    static String needed(JsonNode object, String member, String where) throws FaultException {
        String text = text(object, member);
        if (text == null) {
            throw new FaultException("no " + where + member);
        }
        return text;
    }

    /** Returns a size as a number or, as some stores send it, a text; {@link AnnouncedFile#UNKNOWN} if there is none. */
    static long size(JsonNode object) throws FaultException {
        String text = text(object, "size");
        if (text == null) {
            return AnnouncedFile.UNKNOWN;
        }
        try {
            long size = Long.parseLong(text);
            if (size >= 0) {
                return size;
            }
        } catch (NumberFormatException e) {
            // As below.
        }
        throw new FaultException("size is no number of bytes");
    }
}
