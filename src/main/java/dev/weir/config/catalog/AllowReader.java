package dev.weir.config.catalog;

import dev.weir.core.catalog.Files;
import dev.weir.files.FileUri;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads and checks the URIs below which files may be read. Nothing in a path is escaped: {@code %20} is three characters of a name.
 */
final class AllowReader {
    private final Section files;
    private final Files.Announcement announcement;

    AllowReader(Section files, Files.Announcement announcement) {
        this.files = files;
        this.announcement = announcement;
    }

    /** Returns the places, normalized. */
    List<String> read() {
        if (!files.has("allow")) {
            files.problem("allow", "is missing", "write how the URIs of the files begin: " + example());
        }
        List<String> entries = files.texts("allow");
        if (entries.isEmpty() && files.isList("allow")) {
            files.problem("allow", "is empty, so no file could be read", "write for instance " + example());
        }
        List<String> allowed = new ArrayList<>();
        for (String entry : entries) {
            String place = place(entry);
            if (place != null && allowed.contains(place)) {
                files.problem("allow", "names " + place + " twice", "keep one of the two");
            } else if (place != null) {
                allowed.add(place);
            }
        }
        return List.copyOf(allowed);
    }

    private String example() {
        return switch (announcement) {
            case S3 -> "[\"s3://<bucket>/\"]";
            case GCS -> "[\"gs://<bucket>/\"]";
            case PATHS -> "[\"s3://<bucket>/\"], or [\"file:///<directory>/\"]";
        };
    }

    /** Returns the place that the entry names; null if it is wrong. */
    private String place(String entry) {
        if (entry.startsWith("/")) {
            files.problem("allow", "has an entry without a scheme: " + entry, "write file://" + entry);
            return null;
        }
        String place;
        try {
            place = FileUri.normalize(entry);
        } catch (IllegalArgumentException e) {
            // What is in front of an @ may be a secret.
            String shown = entry.indexOf('@') < 0 ? ": " + entry : "";
            files.problem("allow", "has an entry that " + e.getMessage() + shown, "write for instance " + example());
            return null;
        }
        String only = announcement == Files.Announcement.S3 ? "s3://" : "gs://";
        if (announcement != Files.Announcement.PATHS && !place.startsWith(only)) {
            String message = "has an entry below which no announced file can be: " + entry;
            files.problem("allow", message, "begin with " + only + ", as the files that these announcements name");
        } else if (place.contains("*")) {
            String message = "has an entry with a *, which is no wildcard here: " + entry;
            files.problem("allow", message, "name the directory, below which everything is allowed");
        } else if (place.equals("file://")) {
            files.note("allow", "has " + entry + ", which allows every file of the machine that the process may read");
            return place;
        } else {
            return place;
        }
        return null;
    }
}
