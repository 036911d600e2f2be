package dev.weir.testing.oracle;

import dev.weir.core.model.Reason;
import java.util.List;
import java.util.Map;

/** A JSON object, read whole into maps and lists. Of a key that comes twice the last value wins. */
final class JsonFields implements Fields {
    private final Map<?, ?> root;

    private JsonFields(Map<?, ?> root) {
        this.root = root;
    }

    static JsonFields parse(String text) throws EventFault {
        if (new JsonParser(text).parse() instanceof Map<?, ?> object) {
            return new JsonFields(object);
        }
        throw new EventFault(Reason.MALFORMED, "not a JSON object");
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
}
