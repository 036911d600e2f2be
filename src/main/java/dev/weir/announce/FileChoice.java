package dev.weir.announce;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Chooses files by their names, and their keys. A glob without a slash is compared with the file's name, any other with its path below the
 * listed directory. Without a glob, files whose name begins with {@code .} or {@code _} are left out, since many programs write so what is
 * not finished or no data.
 */
final class FileChoice {
    private final String root;
    private final boolean nameOnly;
    /** Null for none. */
    private final PathMatcher match;
    /** Null for none. */
    private final Pattern key;

    /**
     * Creates the choice.
     *
     * @param root normalized URI of what is listed
     * @param glob null for none
     * @param key matches a whole URI and has one group, which is the key; null for the URI itself
     * @throws IllegalArgumentException if the glob or the regular expression is wrong; the message names the option and the cure
     */
    FileChoice(String root, String glob, String key) {
        this.root = root;
        this.nameOnly = glob != null && glob.indexOf('/') < 0;
        this.match = glob == null ? null : matcher(glob);
        this.key = key == null ? null : pattern(key);
    }

    private static PathMatcher matcher(String glob) {
        try {
            return FileSystems.getDefault().getPathMatcher("glob:" + glob);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "--match is no glob (" + e.getDescription() + "): " + glob + "; write for instance '*.csv.gz'", e);
        }
    }

    private static Pattern pattern(String key) {
        try {
            Pattern pattern = Pattern.compile(key);
            int groups = pattern.matcher("").groupCount();
            if (groups != 1) {
                throw new IllegalArgumentException("--key must have one group, got " + groups + ": " + key
                        + "; put ( and ) around the part that is the key, and write (?: for others");
            }
            return pattern;
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("--key is not a regular expression (" + e.getDescription() + "): " + key
                    + "; write for instance '.*/([^/]+)/[^/]+'");
        }
    }

    /** Returns whether the file is one of those to announce. */
    boolean takes(String uri) {
        String name = uri.substring(uri.lastIndexOf('/') + 1);
        if (match == null) {
            return !name.startsWith(".") && !name.startsWith("_");
        }
        boolean below = uri.startsWith(root + '/');
        return match.matches(Path.of(nameOnly || !below ? name : uri.substring(root.length() + 1)));
    }

    /** Returns the key; null if the regular expression does not match. */
    String key(String uri) {
        if (key == null) {
            return uri;
        }
        Matcher matcher = key.matcher(uri);
        return matcher.matches() ? matcher.group(1) : null;
    }
}
