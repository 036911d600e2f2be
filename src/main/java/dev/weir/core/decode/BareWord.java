package dev.weir.core.decode;

import java.nio.charset.StandardCharsets;

/** A payload that is one word or number, and no JSON: {@code ON}, {@code 21,5}. */
final class BareWord {
    private static final char BYTE_ORDER_MARK = '\uFEFF';
    /** What begins with one of these was meant to be JSON. */
    private static final String JSON_STARTS = "{[\"";

    private BareWord() {}

    /** Returns the payload as a text without the blanks around it; null if it was meant to be JSON, is empty, or is not text. */
    static String of(byte[] payload) {
        if (!Utf8.isValid(payload) || Utf8.hasZeroByte(payload)) {
            return null;
        }
        String text = new String(payload, StandardCharsets.UTF_8);
        int start = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? 1 : 0;
        String word = text.substring(start).strip();
        return word.isEmpty() || JSON_STARTS.indexOf(word.charAt(0)) >= 0 ? null : word;
    }
}
