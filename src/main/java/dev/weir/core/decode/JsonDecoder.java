package dev.weir.core.decode;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.weir.core.catalog.Opening;
import dev.weir.core.model.FileHead;
import java.io.IOException;

/**
 * Decodes one JSON document as a stream of tokens, without building a tree. Checks the whole document, including fields that are not
 * mapped, and the documents in the texts that it unwraps. If a key occurs twice, the last one counts. A UTF-8 byte order mark is skipped.
 */
final class JsonDecoder implements Decoder {
    static final int MAX_DEPTH = 500;

    private final JsonFactory factory = Jackson.factory();
    private final PathNode root;
    private final JsonCells cells;
    private final Layout layout;
    private final Members members = new Members();
    /** Null if events of this layout always need Jackson. */
    private final PlainJsonReader plain;

    private JsonParser parser;
    private int fields;

    JsonDecoder(Layout layout) {
        this(layout, layout.wildcard() == null && !layout.unwraps());
    }

    /** @param fast whether {@link PlainJsonReader} comes first, which cannot read wildcards and wrapped texts */
    JsonDecoder(Layout layout, boolean fast) {
        this.layout = layout;
        root = PathNode.of(layout);
        cells = new JsonCells(layout);
        plain = fast ? new PlainJsonReader(root, cells) : null;
    }

    @Override
    public void decode(byte[] value, FileHead file, Items into) throws MalformedEventException {
        cells.fill(into);
        if (plain != null && plain.read(value)) {
            into.end(0);
            return;
        }
        into.clear();
        cells.fill(into);
        fields = 0;
        readDocument(root, value, 0);
        into.end(0);
    }

    /**
     * Reads a whole document, or the word in its place where the document as a whole is mapped: switches send {@code ON} without quotes.
     *
     * @param depth number of objects and arrays around the document
     */
    private void readDocument(PathNode node, byte[] json, int depth) throws MalformedEventException {
        try {
            readJson(node, json, depth);
        } catch (MalformedEventException e) {
            String word = node.slot() == Layout.NONE ? null : BareWord.of(json);
            if (word == null) {
                throw e;
            }
            cells.cells().setText(node.slot(), cells.name(word));
            if (node.opens() != 0) {
                cells.items().opened(node.opens(), Cells.Kind.OTHER);
            }
        }
    }

    private void readJson(PathNode node, byte[] json, int depth) throws MalformedEventException {
        if (!Utf8.isValid(json)) {
            throw new MalformedEventException("not UTF-8");
        }
        if (Utf8.hasZeroByte(json)) {
            // This check also keeps Jackson from reading the bytes as UTF-16 or UTF-32.
            throw new MalformedEventException("not JSON: a zero byte");
        }
        JsonParser around = parser;
        try (JsonParser opened = factory.createParser(json)) {
            parser = opened;
            JsonToken first = parser.nextToken();
            if (first != JsonToken.START_OBJECT && (first == null || !node.takesAnything())) {
                throw new MalformedEventException(first == null ? "empty" : "not a JSON object");
            }
            readValue(node, first, depth);
            if (parser.nextToken() != null) {
                throw new MalformedEventException("more than one JSON value");
            }
        } catch (JsonProcessingException e) {
            throw new MalformedEventException("not JSON at byte "
                    + e.getLocation().getByteOffset() + ": " + Details.clip(e.getOriginalMessage(), 160));
        } catch (IOException | RuntimeException e) {
            throw new MalformedEventException("not JSON: " + Details.clip(String.valueOf(e.getMessage()), 160));
        } finally {
            parser = around;
        }
    }

    private void readObject(PathNode node, int depth) throws IOException, MalformedEventException {
        for (int i = 0; ; i++) {
            PathNode child = node.expected(i);
            if (child == null || !parser.nextFieldName(child.name())) {
                String name = child == null ? parser.nextFieldName() : parser.currentName();
                if (parser.currentToken() != JsonToken.FIELD_NAME) {
                    return;
                }
                child = node.keyOrSkip(name);
                node.expect(i, child);
            }
            countField();
            readValue(child, parser.nextToken(), depth);
        }
    }

    private void readArray(PathNode node, int depth) throws IOException, MalformedEventException {
        int index = 0;
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            readValue(node.element(index++), token, depth);
        }
    }

    /**
     * Reads a value.
     *
     * @param depth number of objects and arrays around the value
     */
    private void readValue(PathNode node, JsonToken token, int depth) throws IOException, MalformedEventException {
        if (node == null) {
            skip(token, depth);
            return;
        }
        node.forgetBelow(cells.cells(), cells.items());
        if (node.slot() != Layout.NONE) {
            cells.value(node.slot(), token, parser);
        }
        if (node.opens() != 0) {
            open(node, token, depth);
            return;
        }
        if (node.isWildcard() && token == JsonToken.START_OBJECT) {
            checkDepth(depth + 1);
            readMembers(node, members.start(), "", depth + 1);
            members.end(cells.cells());
            return;
        }
        if (node.isLeaf() || !token.isStructStart()) {
            skip(token, depth);
            return;
        }
        checkDepth(depth + 1);
        if (token == JsonToken.START_OBJECT) {
            readObject(node, depth + 1);
        } else {
            readArray(node, depth + 1);
        }
    }

    /** Reads the items of the next level from the value at this place. */
    private void open(PathNode node, JsonToken token, int depth) throws IOException, MalformedEventException {
        int level = node.opens();
        Items items = cells.items();
        Cells around = cells.cells();
        boolean array = layout.opening(level).kind() == Opening.Kind.EACH;
        if (token != (array ? JsonToken.START_ARRAY : JsonToken.VALUE_STRING)) {
            items.opened(level, token == JsonToken.VALUE_NULL ? Cells.Kind.NULL : Cells.Kind.OTHER);
            skip(token, depth);
            return;
        }
        items.opened(level, Cells.Kind.OPENED);
        if (array) {
            checkDepth(depth + 1);
            for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
                if (node.item().isRecord() && next != JsonToken.START_OBJECT) {
                    throw new MalformedEventException("a SenML record is not an object");
                }
                cells.enter(items.begin(level));
                readValue(node.item(), next, depth + 1);
                items.end(level);
            }
        } else {
            Opening opening = layout.opening(level);
            cells.enter(items.begin(level));
            try {
                readWrapped(node.item(), Wrapping.utf8(parser.getText(), opening), opening, depth);
                Wrapping.end(items, level, opening);
            } catch (MalformedEventException e) {
                items.spoil(level, e);
            }
        }
        cells.enter(around);
    }

    /**
     * Reads the document in a text of another format.
     *
     * @param row to fill, which is the one item of the level that the text opens
     * @param text as UTF-8
     * @param around number of fields in the event so far
     * @return the number of fields in the event, those of the document included
     */
    int readWrapped(PathNode node, byte[] text, Items items, Cells row, int level, int depth, int around)
            throws MalformedEventException {
        cells.fill(items);
        cells.enter(row);
        fields = around;
        readWrapped(node, text, layout.opening(level), depth);
        return fields;
    }

    private void readWrapped(PathNode node, byte[] text, Opening opening, int depth) throws MalformedEventException {
        byte[] json = Wrapping.json(text, opening);
        try {
            readDocument(node, json, depth);
        } catch (MalformedEventException e) {
            throw Wrapping.within(opening, e);
        }
    }

    /**
     * Reads the members of an object as readings, and those of the objects in it. Those that are mapped are not readings.
     *
     * @param node the object's place; null if nothing is mapped below
     * @param object number of the object
     * @param prefix of the members' names
     */
    private void readMembers(PathNode node, int object, String prefix, int depth)
            throws IOException, MalformedEventException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            PathNode child = node == null ? null : node.keyOrSkip(key);
            JsonToken token = parser.nextToken();
            countField();
            int from = cells.cells().members();
            if (token == JsonToken.START_ARRAY || (child != null && child.slot() != Layout.NONE)) {
                readValue(child, token, depth);
            } else {
                readMember(child, Members.name(prefix, key), token, depth);
            }
            members.replace(cells.cells(), object, key, from);
        }
    }

    private void readMember(PathNode node, String name, JsonToken token, int depth)
            throws IOException, MalformedEventException {
        if (node != null) {
            node.forgetBelow(cells.cells(), cells.items());
        }
        if (token == JsonToken.START_OBJECT) {
            checkDepth(depth + 1);
            readMembers(node, members.newObject(), Members.name(name, "."), depth + 1);
        } else {
            cells.value(cells.cells().addMember(cells.name(name)), token, parser);
        }
    }

    /** Skips an object or array that begins with {@code token}. Does nothing for other tokens. */
    private void skip(JsonToken token, int outerDepth) throws IOException, MalformedEventException {
        if (!token.isStructStart()) {
            return;
        }
        int depth = outerDepth + 1;
        checkDepth(depth);
        while (depth > outerDepth) {
            JsonToken next = parser.nextToken();
            if (next == JsonToken.FIELD_NAME) {
                countField();
            } else if (next.isStructStart()) {
                checkDepth(++depth);
            } else if (next.isStructEnd()) {
                depth--;
            }
        }
    }

    private void countField() throws MalformedEventException {
        if (++fields > MAX_FIELDS) {
            throw new MalformedEventException("more than " + MAX_FIELDS + " fields");
        }
    }

    private static void checkDepth(int depth) throws MalformedEventException {
        if (depth > MAX_DEPTH) {
            throw new MalformedEventException("nested deeper than " + MAX_DEPTH);
        }
    }
}
