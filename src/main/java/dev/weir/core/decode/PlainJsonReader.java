package dev.weir.core.decode;

import java.nio.charset.StandardCharsets;

/**
 * A fast path for JSON as machines write it: objects of texts without escapes, numbers and literals, and arrays of items.
 *
 * <p><b>Idea.</b> Reads the bytes directly, without tokens or a symbol table. {@link PathNode} predicts the next key, so that a key mostly
 * costs one comparison of bytes. The measurements are in docs/performance/diary.md.
 *
 * <p><b>Invariant.</b> Whatever it accepts, Jackson would read in the same way. It rejects nothing: if it meets anything else, good or bad,
 * {@link JsonDecoder} lets Jackson read the event from its start.
 *
 * <p><b>Cost.</b> An event that it gives up on is parsed twice up to that point. Its buffer holds one event of at most 64 KiB.
 */
final class PlainJsonReader {
    /** Returned instead of a position if Jackson must read the event. */
    private static final int LEFT_TO_JACKSON = -1;

    private static final int MAX_BYTES = 64 << 10;
    /** Depth and number of fields, both far below the limits that make an event malformed. */
    private static final int MAX_DEPTH = 50;

    private static final int MAX_FIELDS = 1_000;

    private static final byte[] TRUE = bytes("true");
    private static final byte[] FALSE = bytes("false");
    private static final byte[] NULL = bytes("null");

    private final PathNode root;
    private final PathNode unmapped = PathNode.unmapped();
    private final JsonCells cells;

    private byte[] json;
    private int fields;
    /** The current text or number, one character for each byte. */
    private char[] chars = new char[256];

    private boolean ascii;
    private boolean knownUtf8;

    PlainJsonReader(PathNode root, JsonCells cells) {
        this.root = root;
        this.cells = cells;
    }

    /**
     * Reads an event; returns whether it could. If not, the contents of the items are undefined.
     *
     * @throws MalformedEventException if the event has too many items
     */
    boolean read(byte[] event) throws MalformedEventException {
        if (event.length == 0
                || event.length > MAX_BYTES
                || event[0] != '{' && (event[0] != '[' || root.opens() == 0)) {
            return false;
        }
        if (chars.length < event.length) {
            chars = new char[event.length];
        }
        json = event;
        fields = 0;
        knownUtf8 = false;
        int end = item(root, 0, 0);
        return end != LEFT_TO_JACKSON && blanks(end) == event.length;
    }

    /**
     * Reads an object. Like all methods below it takes the position at which to begin and returns the position after the end, or {@link
     * #LEFT_TO_JACKSON}.
     */
    private int object(PathNode node, int start, int depth) throws MalformedEventException {
        int at = blanks(start);
        if (byteAt(at) == '}') {
            return at + 1;
        }
        for (int i = 0; depth <= MAX_DEPTH && ++fields <= MAX_FIELDS; i++) {
            PathNode child = node.expected(i);
            int end = child == null ? LEFT_TO_JACKSON : literal(child.quotedName(), at);
            if (end == LEFT_TO_JACKSON) {
                end = text(at);
                if (end == LEFT_TO_JACKSON || !ascii) {
                    return LEFT_TO_JACKSON;
                }
                child = node.keyOrSkip(new String(chars, 0, end - at - 2));
                node.expect(i, child);
            }
            at = blanks(end);
            if (byteAt(at) != ':') {
                return LEFT_TO_JACKSON;
            }
            at = blanks(value(child, blanks(at + 1), depth));
            if (byteAt(at) != ',') {
                return byteAt(at) == '}' ? at + 1 : LEFT_TO_JACKSON;
            }
            at = blanks(at + 1);
        }
        return LEFT_TO_JACKSON;
    }

    /**
     * Reads a value.
     *
     * @param node null if nothing is mapped here
     */
    private int value(PathNode node, int at, int depth) throws MalformedEventException {
        int slot = Layout.NONE;
        if (node != null) {
            node.forgetBelow(cells.cells(), cells.items());
            slot = node.slot();
            if (node.opens() != 0) {
                return items(node, at, depth);
            }
        }
        int first = byteAt(at);
        if (first == '"') {
            return textValue(slot, at);
        }
        if (first == '-' || isDigit(first)) {
            return numberValue(slot, at);
        }
        if (first == 'n') {
            if (slot != Layout.NONE) {
                cells.cells().setNull(slot);
            }
            return literal(NULL, at);
        }
        if (first == 't' || first == 'f') {
            if (slot != Layout.NONE) {
                cells.cells().setBoolean(slot, first == 't');
            }
            return literal(first == 't' ? TRUE : FALSE, at);
        }
        if (slot != Layout.NONE) {
            cells.cells().setOther(slot);
        }
        return first == '{' ? object(node == null ? unmapped : node, at + 1, depth + 1) : LEFT_TO_JACKSON;
    }

    /** Reads an item whose cells are all absent, so that nothing need be forgotten. */
    private int item(PathNode node, int at, int depth) throws MalformedEventException {
        if (byteAt(at) == '{' && !node.takesAnything()) {
            return object(node, at + 1, depth + 1);
        }
        return node.isRecord() ? LEFT_TO_JACKSON : value(node, at, depth);
    }

    /**
     * Reads an array of items.
     *
     * @param node the place that opens the items of a level
     */
    private int items(PathNode node, int start, int depth) throws MalformedEventException {
        if (byteAt(start) != '[' || node.slot() != Layout.NONE || !node.isLeaf()) {
            return LEFT_TO_JACKSON;
        }
        int level = node.opens();
        cells.items().opened(level, Cells.Kind.OPENED);
        int at = blanks(start + 1);
        if (byteAt(at) == ']') {
            return at + 1;
        }
        Cells around = cells.cells();
        while (at != LEFT_TO_JACKSON) {
            cells.enter(cells.items().begin(level));
            at = blanks(item(node.item(), at, depth + 1));
            if (at != LEFT_TO_JACKSON) {
                cells.items().end(level);
            }
            if (byteAt(at) != ',') {
                break;
            }
            at = blanks(at + 1);
        }
        cells.enter(around);
        return byteAt(at) == ']' ? at + 1 : LEFT_TO_JACKSON;
    }

    private int textValue(int slot, int at) {
        int end = text(at);
        if (end == LEFT_TO_JACKSON || slot == Layout.NONE) {
            return end;
        }
        if (ascii) {
            cells.text(slot, chars, 0, end - at - 2);
            return end;
        }
        String text = new String(json, at + 1, end - at - 2, StandardCharsets.UTF_8);
        text.getChars(0, text.length(), chars, 0);
        cells.text(slot, chars, 0, text.length());
        return end;
    }

    /** Reads a text without escapes. {@code chars} holds it if it is ASCII only. */
    private int text(int start) {
        if (byteAt(start) != '"') {
            return LEFT_TO_JACKSON;
        }
        byte[] bytes = json;
        char[] into = chars;
        int signs = 0;
        for (int at = start + 1; at < bytes.length; at++) {
            byte b = bytes[at];
            if (b == '"') {
                ascii = signs >= 0;
                return ascii || isUtf8() ? at + 1 : LEFT_TO_JACKSON;
            }
            if (b == '\\' || b >= 0 && b < ' ') {
                return LEFT_TO_JACKSON;
            }
            signs |= b;
            into[at - start - 1] = (char) b;
        }
        return LEFT_TO_JACKSON;
    }

    /** Returns whether the whole event is UTF-8. It is checked at most once. */
    private boolean isUtf8() {
        knownUtf8 = knownUtf8 || Utf8.isValid(json);
        return knownUtf8;
    }

    private int numberValue(int slot, int start) {
        int whole = byteAt(start) == '-' ? start + 1 : start;
        int at = digits(whole);
        if (at == LEFT_TO_JACKSON || (byteAt(whole) == '0' && at > whole + 1)) {
            return LEFT_TO_JACKSON;
        }
        int wholeEnd = at;
        if (byteAt(at) == '.') {
            at = digits(at + 1);
        }
        if (byteAt(at) == 'e' || byteAt(at) == 'E') {
            int sign = byteAt(at + 1);
            at = digits(sign == '+' || sign == '-' ? at + 2 : at + 1);
        }
        if (at == LEFT_TO_JACKSON || slot == Layout.NONE) {
            return at;
        }
        for (int i = start; i < at; i++) {
            chars[i - start] = (char) json[i];
        }
        if (at == wholeEnd) {
            cells.integer(slot, chars, 0, at - start);
        } else {
            cells.decimal(slot, chars, 0, at - start);
        }
        return at;
    }

    /** Reads one or more digits. */
    private int digits(int start) {
        int at = start;
        while (isDigit(byteAt(at))) {
            at++;
        }
        return at == start ? LEFT_TO_JACKSON : at;
    }

    private static boolean isDigit(int b) {
        return b >= '0' && b <= '9';
    }

    private int literal(byte[] literal, int start) {
        if (start + literal.length > json.length) {
            return LEFT_TO_JACKSON;
        }
        for (int i = 0; i < literal.length; i++) {
            if (json[start + i] != literal[i]) {
                return LEFT_TO_JACKSON;
            }
        }
        return start + literal.length;
    }

    private int blanks(int start) {
        int at = start;
        while (byteAt(at) == ' ' || byteAt(at) == '\n' || byteAt(at) == '\r' || byteAt(at) == '\t') {
            at++;
        }
        return at;
    }

    /** Returns the byte at a position; 0, which is allowed nowhere, past the end and at {@link #LEFT_TO_JACKSON}. */
    private int byteAt(int at) {
        return at >= 0 && at < json.length ? json[at] : 0;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
