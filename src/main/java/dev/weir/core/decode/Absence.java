package dev.weir.core.decode;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/**
 * Says why a JSON pointer leads nowhere: something on its way is no object. Reads a rejected event once more, so that good events pay nothing.
 * Keeps its last answer, for all readings of a wide event ask the same; not thread-safe.
 */
public final class Absence {
    private final JsonFactory factory = new JsonFactory();

    private byte[] lastEvent;
    private String lastParent;
    private String lastAnswer;

    /** What stands in the pointer's way, beginning with {@code ": "}; "" if nothing does, so that the field itself is not there. */
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
            return ""; // words that only our own decoder takes, such as NaN
        }
    }

    /** Whether the object or array at hand has that member, whose value is then at hand. */
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
            return " is " + Details.clip(parser.getText(), 32) + ", no object";
        }
        String text = parser.getText().strip();
        boolean json = text.startsWith("{") || text.startsWith("[");
        return json
                ? " is a text that holds JSON, no object: have the sender put the object there itself, not quoted and escaped"
                : " is a text, no object";
    }
}
