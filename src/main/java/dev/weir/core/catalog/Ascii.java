package dev.weir.core.catalog;

/**
 * Compares names without regard to capitals, of the letters A to Z only. {@link String#equalsIgnoreCase} also takes four other letters
 * for these: a dotless i (U+0131), a dotted I (U+0130), a long s (U+017F) and the Kelvin sign (U+212A).
 */
public final class Ascii {
    private Ascii() {}

    /** Whether the texts are equal but for the capitals of A to Z. */
    public static boolean equalsIgnoreCase(String a, String b) {
        if (a.length() != b.length()) {
            return false;
        }
        for (int i = 0; i < a.length(); i++) {
            if (lower(a.charAt(i)) != lower(b.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** Whether the text has a letter that Java's comparison without regard to capitals takes for one of A to Z. */
    public static boolean hasLookalike(String text) {
        for (int i = 0; i < text.length(); i++) {
            if ("\u0130\u0131\u017F\u212A".indexOf(text.charAt(i)) >= 0) {
                return true;
            }
        }
        return false;
    }

    private static char lower(char c) {
        return c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
    }
}
