package dev.weir.core.decode;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/**
 * Explains why a JSON pointer finds nothing: something on its path is not an object. Parses a rejected event again, so that good events pay
 * nothing. Caches the last answer, because all readings of a wide event ask the same question. Not thread-safe.
 */
public final class Absence {
    private final JsonFactory factory = new JsonFactory();

    private byte[] lastEvent;
    private String lastParent;
    private String lastAnswer;

    /**
     * Returns what is on the pointer's path instead of an object, beginning with {@code ": "}; "" if the path is intact and only the field
     * is absent.
     */
    public String explain(byte[] event, String pointer) {
        int end = pointer.startsWith("/") ? pointer.lastIndexOf('/') : 0;
        if (end <= 0) {
            return "";
        }
        String parent = pointer.substring(0, end);
        if (event != lastEvent || !parent.equals(lastParent)) {
            lastEvent = event;
            lastParent = parent;
            lastAnswer = find(event, parent);
        }
        return lastAnswer;
    }

    private String find(byte[] event, String parent) {
        try (JsonParser parser = factory.createParser(event)) {
            parser.nextToken();
            StringBuilder at = new StringBuilder();
            for (String step : parent.substring(1).split("/", -1)) {
                if (!enter(parser, step.replace("~1", "/").replace("~0", "~"))) {
                    return "";
                }
                at.append('/').append(step);
                if (!parser.currentToken().isStructStart()) {
                    return ": " + Details.clip(at.toString(), 64) + described(parser);
                }
            }
            return "";
        } catch (IOException | RuntimeException e) {
            return ""; // values that only our own decoder accepts, such as NaN
        }
    }

    /** Moves to the value of a member of the current object or array; returns whether it exists. */
    private static boolean enter(JsonParser parser, String step) throws IOException {
        boolean array = parser.currentToken() == JsonToken.START_ARRAY;
        for (int i = 0; ; i++) {
            JsonToken token = parser.nextToken();
            if (token == null || token.isStructEnd()) {
                return false;
            }
            boolean found = array ? step.equals(String.valueOf(i)) : step.equals(parser.currentName());
            if (!array) {
                parser.nextToken();
            }
            if (found) {
                return true;
            }
            parser.skipChildren();
        }
    }

    private static String described(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            return " is " + Details.clip(parser.getText(), 32) + ", not an object";
        }
        String text = parser.getText().strip();
        boolean json = text.startsWith("{") || text.startsWith("[");
        return json
                ? " is a text that holds JSON, not an object: have the sender put the object there itself, not quoted and escaped"
                : " is a text, not an object";
    }
}
