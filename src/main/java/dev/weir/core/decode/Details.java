package dev.weir.core.decode;

/** Texts for a reject's detail: short, printable, never a whole payload. */
public final class Details {
    /** How much of a text from an event is shown. */
    private static final int SHOWN_CHARS = 64;

    private Details() {}

    /** The text in quotes, its beginning only if it is long. */
    public static String quote(String text) {
        return '"' + clip(text, SHOWN_CHARS) + '"';
    }

    /** At most {@code max} characters of the text (and a mark that it was cut), with a {@code ?} for whatever cannot be printed. */
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
