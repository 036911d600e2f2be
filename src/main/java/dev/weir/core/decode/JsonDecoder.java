package dev.weir.core.decode;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;

/**
 * Decodes one JSON object as a stream of tokens, without building a tree. Checks the whole document, including fields that are not mapped.
 * If a key occurs twice, the last one counts. A UTF-8 byte order mark is skipped.
 */
final class JsonDecoder implements Decoder {
    static final int MAX_DEPTH = 500;

    private final JsonFactory factory = factory();
    private final PathNode root;
    private final JsonCells cells;
    private final PlainJsonReader plain;

    private JsonParser parser;
    private int fields;

    JsonDecoder(Layout layout) {
        root = PathNode.of(layout);
        cells = new JsonCells(layout);
        plain = new PlainJsonReader(root, cells);
    }

    /**
     * Returns a factory with Jackson's own limits turned off, so that only ours apply. In particular no verdict may depend on earlier
     * events, as it would with a symbol table that can fill up.
     */
    private static JsonFactory factory() {
        return JsonFactory.builder()
                .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(Integer.MAX_VALUE)
                        .maxNumberLength(Integer.MAX_VALUE)
                        .maxStringLength(Integer.MAX_VALUE)
                        .maxNameLength(Integer.MAX_VALUE)
                        .build())
                .build();
    }

    @Override
    public void decode(byte[] value, Cells into) throws MalformedEventException {
        cells.fill(into);
        if (plain.read(value)) {
            return;
        }
        into.clear();
        if (!Utf8.isValid(value)) {
            throw new MalformedEventException("not UTF-8");
        }
        if (Utf8.hasZeroByte(value)) {
            // This check also keeps Jackson from reading the bytes as UTF-16 or UTF-32.
            throw new MalformedEventException("not JSON: a zero byte");
        }
        fields = 0;
        try (JsonParser opened = factory.createParser(value)) {
            parser = opened;
            readDocument();
        } catch (JsonProcessingException e) {
            throw new MalformedEventException("not JSON at byte "
                    + e.getLocation().getByteOffset() + ": " + Details.clip(e.getOriginalMessage(), 160));
        } catch (IOException | RuntimeException e) {
            throw new MalformedEventException("not JSON: " + Details.clip(String.valueOf(e.getMessage()), 160));
        }
    }

    private void readDocument() throws IOException, MalformedEventException {
        JsonToken first = parser.nextToken();
        if (first != JsonToken.START_OBJECT) {
            throw new MalformedEventException(first == null ? "empty" : "not a JSON object");
        }
        readObject(root, 1);
        if (parser.nextToken() != null) {
            throw new MalformedEventException("more than one JSON value");
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
                child = node.key(name);
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
        node.forgetBelow(cells.cells());
        if (node.slot() != Layout.NONE) {
            store(node.slot(), token);
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

    private void store(int slot, JsonToken token) throws IOException {
        switch (token) {
            case VALUE_NULL -> cells.cells().setNull(slot);
            case VALUE_STRING ->
                cells.text(slot, parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
            case VALUE_NUMBER_INT ->
                cells.integer(slot, parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
            case VALUE_NUMBER_FLOAT -> storeDecimal(slot);
            default -> cells.cells().setOther(slot);
        }
    }

    private void storeDecimal(int slot) throws IOException {
        if (parser.isNaN()) {
            cells.cells().setNotFinite(slot);
        } else {
            cells.decimal(slot, parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
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
