package dev.weir.files;

import dev.weir.core.catalog.Files.Announcement;
import java.util.function.UnaryOperator;

/** Reads announcements. Any bytes are one, or have a fault; nothing is thrown. Thread-safe. */
public final class Announcements {

    private Announcements() {}

    /**
     * Returns what the record announces.
     *
     * @param value the record's value, or null
     * @param header returns the text of a header of the record by its name; null for none. Cloud Storage's notifications have attributes,
     *     which connectors write as headers
     */
    public static Announced parse(Announcement kind, byte[] value, UnaryOperator<String> header) {
        return Announced.fault("announcements of kind " + kind + " are not read yet");
    }
}
