package dev.weir.core.catalog;

/**
 * Compares names regardless of case, for the letters A to Z only. {@link String#equalsIgnoreCase} also matches four other letters: dotless
 * i (U+0131), dotted I (U+0130), long s (U+017F) and the Kelvin sign (U+212A).
 */
public final class Ascii {
    private Ascii() {}

    /** Returns whether the texts are equal except for the case of A to Z. */
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

    /** Returns whether the text contains one of the letters that Java's case-insensitive comparison confuses with A to Z. */
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
