package dev.weir.testing.oracle;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import dev.weir.core.model.Reason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A JSON object, read whole into maps and lists. Of a key that comes twice the last value wins. */
final class JsonFields implements Fields {
    private static final int MAX_DEPTH = 500;
    private static final int MAX_FIELDS = 10_000;
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private final Map<?, ?> root;

    private JsonFields(Map<?, ?> root) {
        this.root = root;
    }

    static JsonFields parse(String text) throws EventFault {
        try (JsonParser parser = FACTORY.createParser(text)) {
            Object root = new Reader(parser).document();
            if (root instanceof Map<?, ?> object) {
                return new JsonFields(object);
            }
            throw new EventFault(Reason.MALFORMED, "not a JSON object");
        } catch (IOException e) {
            throw new EventFault(Reason.MALFORMED, "not JSON: " + e.getMessage());
        }
    }

    @Override
    public Object get(String name) {
        Object found = name.startsWith("/") ? pointed(name) : root.get(name);
        return found instanceof Map || found instanceof List ? new Other(found) : found;
    }

    /** RFC 6901. */
    private Object pointed(String pointer) {
        Object at = root;
        for (String escaped : pointer.substring(1).split("/", -1)) {
            String step = escaped.replace("~1", "/").replace("~0", "~");
            if (at instanceof Map<?, ?> object) {
                at = object.get(step);
            } else if (at instanceof List<?> array && step.matches("0|[1-9]\\d{0,8}")) {
                int index = Integer.parseInt(step);
                at = index < array.size() ? array.get(index) : null;
            } else {
                return null;
            }
        }
        return at;
    }

    private static final class Reader {
        private final JsonParser parser;
        private int fields;

        Reader(JsonParser parser) {
            this.parser = parser;
        }

        Object document() throws IOException, EventFault {
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw new EventFault(Reason.MALFORMED, "empty");
            }
            Object root = value(first);
            if (parser.nextToken() != null) {
                throw new EventFault(Reason.MALFORMED, "more than one JSON value");
            }
            return root;
        }

        private Object value(JsonToken token) throws IOException, EventFault {
            return switch (token) {
                case START_OBJECT -> object();
                case START_ARRAY -> array();
                case VALUE_STRING -> parser.getText();
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Number(parser.getText());
                case VALUE_NULL -> null;
                default -> new Other(token);
            };
        }

        private Map<String, Object> object() throws IOException, EventFault {
            Map<String, Object> object = new HashMap<>();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                if (++fields > MAX_FIELDS) {
                    throw new EventFault(Reason.MALFORMED, "more than " + MAX_FIELDS + " fields");
                }
                object.put(name, value(parser.nextToken()));
            }
            return object;
        }

        private List<Object> array() throws IOException, EventFault {
            List<Object> array = new ArrayList<>();
            for (JsonToken t = parser.nextToken(); t != JsonToken.END_ARRAY; t = parser.nextToken()) {
                array.add(value(t));
            }
            return array;
        }
    }
}
