package dev.weir.config.catalog;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Reads regular expressions. */
final class Regexes {
    private Regexes() {}

    /**
     * Returns the regular expression under the key; null if it is absent or wrong.
     *
     * @param captures whether it must have one group, which is the result
     */
    static String read(Section section, String key, boolean captures) {
        String regex = section.name(key);
        if (regex == null) {
            return null;
        }
        try {
            int groups = Pattern.compile(regex).matcher("").groupCount();
            if (!captures || groups == 1) {
                return regex;
            }
            String cure = groups == 0
                    ? "put ( and ) around the part that is the result"
                    : "keep ( and ) around the part that is the result, and write (?: for the others";
            section.problem(key, "must have one group, got " + groups + ": " + regex, cure);
        } catch (PatternSyntaxException e) {
            String message = "is not a regular expression (" + e.getDescription() + "): " + regex;
            String cure = captures ? "write for instance 'line-([0-9]+)'" : "write for instance 'line-.*'";
            section.problem(key, message, cure + ", in single quotes if it has a backslash");
        }
        return null;
    }
}
