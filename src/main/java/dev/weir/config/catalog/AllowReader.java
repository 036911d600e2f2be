package dev.weir.config.catalog;

import dev.weir.core.catalog.Files;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads and checks the URI prefixes that files must have. A prefix is {@code scheme://authority/path}, with an empty authority for local
 * files. Nothing in its path is escaped: {@code %20} is three characters of a name.
 */
final class AllowReader {
    private static final Pattern PREFIX =
            Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):(?://([^/]*))?(/.*)?", Pattern.DOTALL);
    /** A step that is empty, or that leads elsewhere. */
    private static final Pattern ODD_STEP = Pattern.compile("/(\\.{0,2})/|/(\\.{1,2})$");

    private final Section files;
    private final Files.Announcement announcement;

    AllowReader(Section files, Files.Announcement announcement) {
        this.files = files;
        this.announcement = announcement;
    }

    /** Returns the prefixes with their schemes in small letters. */
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
            String prefix = prefix(entry);
            if (prefix == null) {
                continue;
            }
            if (allowed.contains(prefix)) {
                files.problem("allow", "names " + prefix + " twice", "keep one of the two");
            } else {
                allowed.add(prefix);
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

    private String prefix(String entry) {
        Matcher matcher = PREFIX.matcher(entry);
        if (!matcher.matches()) {
            boolean bare = !entry.contains(":");
            files.problem(
                    "allow",
                    (bare ? "has an entry without a scheme: " : "has an entry that is no URI: ") + entry,
                    bare && entry.startsWith("/") ? "write file://" + entry : "write for instance " + example());
            return null;
        }
        String scheme = matcher.group(1).toLowerCase(Locale.ROOT);
        String authority = matcher.group(2) == null ? "" : matcher.group(2);
        String path = matcher.group(3) == null ? "" : matcher.group(3);
        String prefix = scheme + "://" + authority + path;
        boolean good = isPlace(scheme, authority, path, entry) && isPossible(scheme, entry) && isPlain(path, entry);
        return good ? prefix : null;
    }

    /** Returns whether announcements can name files with the scheme. */
    private boolean isPossible(String scheme, String entry) {
        String only =
                announcement == Files.Announcement.PATHS ? scheme : announcement == Files.Announcement.S3 ? "s3" : "gs";
        if (!scheme.equals(only)) {
            String message = "has an entry that no file can begin with: " + entry;
            files.problem("allow", message, "begin with " + only + "://, as the files that these announcements name");
        }
        return scheme.equals(only);
    }

    private boolean isPlace(String scheme, String authority, String path, String entry) {
        boolean local = scheme.equals("file");
        if (authority.matches(".*:.*@.*")) {
            // What is in front of it may be a secret.
            files.problem(
                    "allow",
                    "has an entry with a user in front of the bucket or host",
                    "give credentials to Flink's file system (docs/files.md)");
        } else if (local && !authority.isEmpty()) {
            files.problem(
                    "allow", "names a host in place of a directory: " + entry, "write file:///" + authority + path);
        } else if (!local && authority.isEmpty()) {
            files.problem("allow", "names no bucket or host: " + entry, "write " + scheme + "://<bucket>/");
        } else if (!isAuthority(authority)) {
            files.problem("allow", "has an entry that is no URI: " + entry, "write for instance " + example());
        } else if (path.isEmpty()) {
            String message = "has an entry without a path, which would also allow longer names: " + entry;
            files.problem("allow", message, "write " + entry + '/');
        } else {
            return true;
        }
        return false;
    }

    private static boolean isAuthority(String authority) {
        try {
            return authority.isEmpty()
                    || new URI("a://" + authority + '/').getRawAuthority().equals(authority);
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private boolean isPlain(String path, String entry) {
        if (path.contains("*")) {
            String message = "has an entry with a *, which is no wildcard here: " + entry;
            files.problem("allow", message, "write what is before the first *");
        } else if (ODD_STEP.matcher(path).find()) {
            String message = "has an entry with an empty step, . or .. in its path: " + entry;
            files.problem("allow", message, "write the path without it");
        } else {
            if (!path.endsWith("/")) {
                files.note(
                        "allow",
                        "has " + entry + ", which also allows longer names, such as " + entry
                                + "-2; / at the end makes it a directory");
            } else if (path.equals("/") && entry.regionMatches(true, 0, "file:", 0, 5)) {
                files.note(
                        "allow", "has " + entry + ", which allows every file of the machine that the process may read");
            }
            return true;
        }
        return false;
    }
}
