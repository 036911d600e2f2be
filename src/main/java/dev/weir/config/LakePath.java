package dev.weir.config;

import java.net.URI;
import java.util.Locale;
import org.apache.flink.core.fs.Path;

/** Says what is wrong with a place on a Flink file system that every process of the job has to understand in the same way. */
final class LakePath {
    private LakePath() {}

    /** Returns what is wrong, beginning with a verb, with the cure after a semicolon; null if nothing is. */
    static String fault(String text) {
        URI uri;
        try {
            uri = new Path(text).toUri();
        } catch (IllegalArgumentException e) {
            return "is wrong: \"" + text + "\" is not a path; write for instance file:///data/lake or s3://bucket/lake";
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        boolean local = scheme.isEmpty() || scheme.equals("file");
        if (local && uri.getAuthority() != null && !uri.getAuthority().equals("localhost")) {
            return "is wrong: \"" + text + "\" takes " + uri.getAuthority() + " for a host; write file:///"
                    + uri.getAuthority() + uri.getPath();
        }
        if (!local && scheme.startsWith("s3") && uri.getAuthority() == null) {
            return "is wrong: \"" + text + "\" names no bucket; write " + scheme + "://bucket/path";
        }
        if (uri.getAuthority() == null && !uri.getPath().startsWith("/")) {
            return "must be absolute, got " + text + ": each process would look in its own directory; write file:///"
                    + "… or another file system's URI";
        }
        return null;
    }
}
