package dev.weir.config;

import static dev.weir.config.WeirOptions.LAKE_PATH;

import java.net.URI;
import java.util.Locale;
import org.apache.flink.core.fs.Path;

/** Checks a path on a Flink file system that every process of the job must resolve to the same place. */
final class LakePath {
    private LakePath() {}

    /** Adds a problem of {@code weir.lake.path} if the text is no such path. */
    static void check(OptionReader options, String text) {
        URI uri;
        try {
            uri = new Path(text).toUri();
        } catch (IllegalArgumentException e) {
            String cure = "write for instance file:///data/lake or s3://bucket/lake";
            options.problem(LAKE_PATH, "is wrong: \"" + text + "\" is not a path", cure);
            return;
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        String authority = uri.getAuthority();
        boolean local = scheme.isEmpty() || scheme.equals("file");
        if (local && authority != null && !authority.equals("localhost")) {
            String message = "is wrong: \"" + text + "\" takes " + authority + " for a host";
            options.problem(LAKE_PATH, message, "write file:///" + authority + uri.getPath());
        } else if (!local && scheme.startsWith("s3") && authority == null) {
            String message = "is wrong: \"" + text + "\" names no bucket";
            options.problem(LAKE_PATH, message, "write " + scheme + "://bucket/path");
        } else if (authority == null && !uri.getPath().startsWith("/")) {
            String message = "must be absolute, got " + text + ": each process would look in its own directory";
            options.problem(LAKE_PATH, message, "write file:///… or another file system's URI");
        }
    }
}
