package dev.weir.core.decode;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** Stores JSON texts and numbers in the cells of the current item. Not thread-safe. */
final class JsonCells extends ItemCells {
    /** An integer of at most this many characters, sign included, always fits a long. */
    private static final int LONG_CHARS = 18;

    private final Decimals decimals = new Decimals();

    JsonCells(Layout layout) {
        super(layout);
    }

    void text(int slot, char[] chars, int offset, int length) {
        cells().setText(slot, repeats(slot) ? names.get(chars, offset, length) : new String(chars, offset, length));
    }

    /** Returns the text, as one object for all events that have it. */
    String name(String text) {
        return names.get(text.toCharArray(), 0, text.length());
    }

    /**
     * Stores an integer.
     *
     * @param chars an integer as JSON writes it
     */
    void integer(int slot, char[] chars, int offset, int length) {
        if (length > LONG_CHARS) {
            decimal(slot, chars, offset, length);
            return;
        }
        boolean negative = chars[offset] == '-';
        long magnitude = 0;
        for (int i = negative ? 1 : 0; i < length; i++) {
            magnitude = magnitude * 10 + (chars[offset + i] - '0');
        }
        String digits = null;
        if (repeats(slot)) {
            digits = names.get(chars, offset, length);
        } else if (negative && magnitude == 0 && keepsDigits(slot)) {
            digits = new String(chars, offset, length);
        }
        cells().setInteger(slot, negative ? -magnitude : magnitude, digits);
    }

    /**
     * Stores a number.
     *
     * @param chars a finite number as JSON writes it
     */
    void decimal(int slot, char[] chars, int offset, int length) {
        decimals.parse(chars, offset, length);
        cells().setDecimal(slot, decimals.value(), keepsDigits(slot) ? new String(chars, offset, length) : null);
    }

    /** Stores the value that the parser's token begins. */
    void value(int slot, JsonToken token, JsonParser parser) throws IOException {
        switch (token) {
            case VALUE_NULL -> cells().setNull(slot);
            case VALUE_TRUE, VALUE_FALSE -> cells().setBoolean(slot, token == JsonToken.VALUE_TRUE);
            case VALUE_STRING -> text(slot, parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
            case VALUE_NUMBER_INT ->
                integer(slot, parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
            case VALUE_NUMBER_FLOAT -> {
                if (parser.isNaN()) {
                    cells().setNotFinite(slot);
                } else {
                    decimal(slot, parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
                }
            }
            default -> cells().setOther(slot);
        }
    }
}
