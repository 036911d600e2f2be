package dev.weir.testing.generate;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** JSON of maps, lists and the values of a {@link Message}. */
final class JsonText {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** A text that holds JSON, in base64 or as it is. */
    record Wrapped(Object content, boolean base64) {}

    private JsonText() {}

    static String of(Object value) {
        if (value instanceof Map<?, ?> object) {
            return object.entrySet().stream()
                    .map(entry -> quoted((String) entry.getKey()) + ":" + of(entry.getValue()))
                    .collect(Collectors.joining(",", "{", "}"));
        }
        if (value instanceof List<?> array) {
            return array.stream().map(JsonText::of).collect(Collectors.joining(",", "[", "]"));
        }
        if (value instanceof Wrapped wrapped) {
            String text = of(wrapped.content());
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            return quoted(wrapped.base64() ? Base64.getEncoder().encodeToString(bytes) : text);
        }
        if (value instanceof Message.RAW raw) {
            return raw.token();
        }
        return value instanceof String text
                ? quoted(text)
                : NODES.pojoNode(value).toString();
    }

    private static String quoted(String text) {
        return TextNode.valueOf(text).toString();
    }

    /** The value is there, in objects that are made where there are none; a key that is a number is an element's. */
    static void put(Object root, List<String> path, Object value) {
        String leaf = path.get(path.size() - 1);
        Object at = root;
        for (int i = 0; i < path.size() - 1; i++) {
            boolean array = Character.isDigit(path.get(i + 1).charAt(0));
            at = child(at, path.get(i), array ? new ArrayList<>() : new LinkedHashMap<String, Object>());
        }
        set(at, leaf, value);
    }

    /** The list that is there or is made there. */
    static List<Object> list(Object root, List<String> path) {
        List<String> inside = new ArrayList<>(path);
        inside.add("0");
        Object at = root;
        for (int i = 0; i < path.size(); i++) {
            boolean last = i == path.size() - 1;
            at = child(at, path.get(i), last ? new ArrayList<>() : new LinkedHashMap<String, Object>());
        }
        return cast(at);
    }

    private static Object child(Object of, String key, Object otherwise) {
        if (of instanceof Map<?, ?> object) {
            Map<String, Object> members = cast(object);
            return members.computeIfAbsent(key, unused -> otherwise);
        }
        List<Object> array = cast(of);
        if (array.isEmpty()) {
            array.add(otherwise);
        }
        return array.get(0);
    }

    private static void set(Object of, String key, Object value) {
        if (of instanceof Map<?, ?> object) {
            Map<String, Object> members = cast(object);
            members.put(key, value);
        } else {
            List<Object> array = cast(of);
            array.clear();
            array.add(value);
        }
    }

    @SuppressWarnings("unchecked")
    private static <T> T cast(Object value) {
        return (T) value;
    }
}
