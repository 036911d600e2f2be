package dev.weir.core.decode;

import dev.weir.core.catalog.Opening;
import java.util.Base64;

/** Takes JSON out of the text that wraps it. */
final class Wrapping {
    private Wrapping() {}

    /**
     * Returns the JSON in a text.
     *
     * @param text as UTF-8
     * @throws MalformedEventException if the text should be base64 and is not
     */
    static byte[] json(byte[] text, Opening opening) throws MalformedEventException {
        try {
            return opening.kind() == Opening.Kind.UNWRAP_BASE64
                    ? Base64.getDecoder().decode(text)
                    : text;
        } catch (IllegalArgumentException e) {
            throw new MalformedEventException(place(opening) + " is not base64");
        }
    }

    /**
     * Returns the bytes of a text.
     *
     * @throws MalformedEventException if it has an unpaired surrogate
     */
    static byte[] utf8(String text, Opening opening) throws MalformedEventException {
        try {
            return Utf8.encode(text);
        } catch (MalformedEventException e) {
            throw within(opening, e);
        }
    }

    /** Returns the fault of what a text holds, with the text's place in front. */
    static MalformedEventException within(Opening opening, MalformedEventException fault) {
        return new MalformedEventException(place(opening) + ": " + fault.getMessage());
    }

    /** Ends the row that holds what the text wraps, as {@link Items#end} does. */
    static void end(Items items, int level, Opening opening) throws MalformedEventException {
        try {
            items.end(level);
        } catch (MalformedEventException e) {
            throw within(opening, e);
        }
    }

    private static String place(Opening opening) {
        return "the text at " + Details.quote(opening.pointer());
    }
}
