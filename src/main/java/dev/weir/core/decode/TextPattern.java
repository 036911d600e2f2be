package dev.weir.core.decode;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A regular expression of the catalog, for texts that devices send. Not thread-safe.
 *
 * <p>It sees no more than {@link #MAX_CHARS} characters, and an expression that needs more stack than there is matches nothing: {@code
 * (a|b)*} calls itself for each character, and a long text must not end the job.
 */
final class TextPattern {
    /** Longer texts do not match; of a longer row only so much is searched. */
    static final int MAX_CHARS = 4_096;

    private final Matcher matcher;

    /** @throws java.util.regex.PatternSyntaxException for an expression that the catalog's reader should have refused */
    TextPattern(String regex) {
        matcher = Pattern.compile(regex).matcher("").useAnchoringBounds(false);
    }

    /** Returns the text of the last group; null if the expression does not match the whole text or the group takes no part. */
    String capture(String text) {
        try {
            boolean matches = text.length() <= MAX_CHARS && matcher.reset(text).matches();
            return matches ? matcher.group(matcher.groupCount()) : null;
        } catch (StackOverflowError e) {
            return null;
        }
    }

    /** Returns whether the expression matches somewhere in the text. */
    boolean isIn(CharSequence text) {
        try {
            return matcher.reset(text)
                    .region(0, Math.min(text.length(), MAX_CHARS))
                    .find();
        } catch (StackOverflowError e) {
            return false;
        }
    }
}
