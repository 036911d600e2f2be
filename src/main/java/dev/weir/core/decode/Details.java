package dev.weir.core.decode;

/** Makes texts for the detail of a reject: short, printable, never a whole payload. */
public final class Details {
    /** Limit of quoted texts. */
    private static final int SHOWN_CHARS = 64;

    private Details() {}

    /** Returns the text in quotes, cut if it is long. */
    public static String quote(String text) {
        return '"' + clip(text, SHOWN_CHARS) + '"';
    }

    /**
     * Returns at most {@code max} characters of the text, followed by {@code ...} if it was cut. Replaces characters that cannot be printed
     * by {@code ?}.
     */
    public static String clip(String text, int max) {
        StringBuilder out = new StringBuilder(Math.min(text.length(), max) + 3);
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            int length = Character.charCount(point);
            if (i + length > max) {
                return out.append("...").toString();
            }
            boolean printable = !Character.isISOControl(point) && Character.getType(point) != Character.SURROGATE;
            out.appendCodePoint(printable ? point : '?');
            i += length;
        }
        return out.toString();
    }
}
