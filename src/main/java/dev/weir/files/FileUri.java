package dev.weir.files;

import dev.weir.core.decode.Details;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.core.fs.Path;

/**
 * Brings URIs of files into one form, {@code scheme://authority/segment/segment}, so that two of them name the same file only if they are
 * equal, and one lies below another only if it begins with it. Scheme and authority are in small letters; there are no segments {@code .},
 * {@code ..} or {@code ""}, and no backslashes, which Flink would take for slashes. Local files have no authority: {@code file:///a/b}.
 *
 * <p>The path is taken as written, as Flink does: {@code %20} are three characters of a name.
 */
public final class FileUri {
    private static final Pattern FORM =
            Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):(?:/+|(?=\\\\))(.*)", Pattern.DOTALL);
    /** More than any store's longest key, and more than Linux opens. */
    private static final int MAX_CHARS = 4_096;

    private static final Pattern AUTHORITY = Pattern.compile("([A-Za-z0-9._-]+@)?[A-Za-z0-9._-]*(:[0-9]{1,5})?");
    private static final Pattern DOTS = Pattern.compile("(\\.|%(25)*2[eE]){1,2}");
    private static final String LOCAL = "file";

    private FileUri() {}

    /** Returns whether the text has the form of a URI with a scheme and an absolute path; it may still be one that cannot be normalized. */
    static boolean isUri(String text) {
        return FORM.matcher(text).matches();
    }

    static boolean isLocal(String normalized) {
        return normalized.startsWith(LOCAL + "://");
    }

    /**
     * Returns the URI in the one form. A slash at its end is dropped.
     *
     * @throws IllegalArgumentException if it is no URI of a file, or one that two programs could understand differently; the message says
     *     why and does not repeat it
     */
    public static String normalize(String uri) {
        if (uri.length() > MAX_CHARS) {
            throw new IllegalArgumentException("is longer than " + MAX_CHARS + " characters");
        }
        Matcher matcher = FORM.matcher(uri);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "is no URI with a scheme, such as s3://bucket/key or file:///directory/name");
        }
        if (uri.codePoints().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("contains a control character");
        }
        String scheme = matcher.group(1).toLowerCase(Locale.ROOT);
        String rest = uri.substring(matcher.end(1) + 1).replace('\\', '/');
        String authority = "";
        if (rest.startsWith("//")) {
            int end = rest.indexOf('/', 2);
            authority = rest.substring(2, end < 0 ? rest.length() : end);
            rest = end < 0 ? "" : rest.substring(end);
        }
        return scheme + "://" + authority(scheme, authority) + path(rest);
    }

    private static String authority(String scheme, String authority) {
        // Azure's URIs are scheme://container@account.host/path.
        int colon = authority.indexOf(':');
        if (colon >= 0 && authority.indexOf('@', colon) >= 0) {
            throw new IllegalArgumentException("contains a password: configure credentials in Flink");
        }
        if (!AUTHORITY.matcher(authority).matches()) {
            throw new IllegalArgumentException(
                    "has an authority with other characters than letters, digits, '.', '_', '-' and one '@'");
        }
        String lower = authority.toLowerCase(Locale.ROOT);
        if (!scheme.equals(LOCAL)) {
            if (lower.isEmpty()) {
                throw new IllegalArgumentException("names no bucket or host");
            }
            return lower;
        }
        if (!lower.isEmpty() && !lower.equals("localhost")) {
            throw new IllegalArgumentException(
                    "names a host, which a local file has not: write file:///directory/name");
        }
        return "";
    }

    private static String path(String path) {
        List<String> segments = new ArrayList<>();
        int start = 0;
        while (start <= path.length()) {
            int slash = path.indexOf('/', start);
            int end = slash < 0 ? path.length() : slash;
            add(path.substring(start, end), segments);
            start = end + 1;
        }
        return segments.isEmpty() ? "" : '/' + String.join("/", segments);
    }

    private static void add(String segment, List<String> segments) {
        if (segment.isEmpty() || segment.equals(".")) {
            return;
        }
        if (segment.equals("..")) {
            if (segments.isEmpty()) {
                throw new IllegalArgumentException("climbs above the root with ..");
            }
            segments.remove(segments.size() - 1);
        } else if (DOTS.matcher(segment).matches()) {
            throw new IllegalArgumentException("contains an encoded dot segment " + Details.quote(segment));
        } else {
            segments.add(segment);
        }
    }

    /**
     * Returns Flink's path of a normalized URI.
     *
     * @throws IllegalArgumentException if Flink understands it otherwise
     */
    static Path flinkPath(String normalized) {
        Path path = new Path(normalized);
        String authority = path.toUri().getAuthority();
        String seen = path.toUri().getScheme() + "://" + (authority == null ? "" : authority)
                + path.toUri().getPath();
        if (!seen.equals(normalized)) {
            throw new IllegalArgumentException("is understood by Flink as " + Details.quote(seen));
        }
        return path;
    }
}
