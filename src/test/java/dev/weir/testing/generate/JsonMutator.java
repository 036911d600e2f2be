package dev.weir.testing.generate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Breaks the structure of JSON and leaves it JSON: a value of another type, a key that comes twice, elements more and fewer, arrays
 * around values, deep nesting. Goes into texts that hold JSON. A seed means one sequence.
 */
final class JsonMutator {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> OTHERS = List.of(
            "null",
            "true",
            "false",
            "0",
            "-1.5",
            "1e999",
            "NaN",
            "\"\"",
            "\"NA\"",
            "\"21.5\"",
            "\" \"",
            "{}",
            "[]",
            "[[]]",
            "[null]",
            "{\"\":1}",
            "\"{}\"",
            "\"[1]\"",
            "\"e30=\"",
            "{\"a.b\":1,\"a\":{\"b\":2}}",
            "12345678901234567890",
            "\"\\ud83d\"");

    private final Random random;

    JsonMutator(Random random) {
        this.random = random;
    }

    /** The value with one change; null if it holds no JSON. */
    byte[] mutate(byte[] value) {
        try {
            JsonNode root = JSON.readTree(value);
            return root == null || root.isMissingNode() ? null : changed(root).getBytes(StandardCharsets.UTF_8);
        } catch (IOException | StackOverflowError e) {
            return null;
        }
    }

    /** The JSON of a node in which a change is made here or below. */
    private String changed(JsonNode node) {
        int below = node.size();
        if (below == 0 || random.nextInt(4) == 0) {
            return node.isTextual() && random.nextInt(3) > 0 ? text(node.textValue()) : replaced(node);
        }
        int at = random.nextInt(below);
        List<String> parts = new ArrayList<>();
        if (node instanceof ArrayNode array) {
            for (int i = 0; i < below; i++) {
                parts.add(i == at ? changed(array.get(i)) : array.get(i).toString());
            }
            return '[' + String.join(",", parts) + ']';
        }
        int i = 0;
        for (Map.Entry<String, JsonNode> member : ((ObjectNode) node).properties()) {
            String value =
                    i++ == at ? changed(member.getValue()) : member.getValue().toString();
            parts.add(TextNode.valueOf(member.getKey()) + ":" + value);
        }
        return '{' + String.join(",", parts) + '}';
    }

    private String replaced(JsonNode node) {
        return switch (random.nextInt(7)) {
            case 0 -> '[' + node.toString() + ']';
            case 1 -> "{\"a\":" + node + '}';
            case 2 -> TextNode.valueOf(node.toString()).toString();
            case 3 -> "[".repeat(random.nextInt(520)) + node + "]".repeat(random.nextInt(2) * random.nextInt(520));
            case 4, 5 -> members(node);
            default -> OTHERS.get(random.nextInt(OTHERS.size()));
        };
    }

    /** More, fewer, or doubled members or elements; another value where there are none. */
    private String members(JsonNode node) {
        List<String> parts = new ArrayList<>();
        if (node instanceof ArrayNode array) {
            array.forEach(element -> parts.add(element.toString()));
        } else if (node instanceof ObjectNode object) {
            object.properties()
                    .forEach(member -> parts.add(TextNode.valueOf(member.getKey()) + ":" + member.getValue()));
        }
        if (parts.isEmpty()) {
            return OTHERS.get(random.nextInt(OTHERS.size()));
        }
        int at = random.nextInt(parts.size());
        switch (random.nextInt(4)) {
            case 0 -> parts.remove(at);
            case 1 -> parts.add(random.nextInt(parts.size() + 1), again(node, at));
            case 2 -> {
                for (int times = random.nextInt(30); times > 0; times--) {
                    parts.add(parts.get(at));
                }
            }
            default -> parts.add(0, parts.remove(at));
        }
        String all = String.join(",", parts);
        return node.isArray() ? '[' + all + ']' : '{' + all + '}';
    }

    /** The element or member once more, with another value. */
    private String again(JsonNode node, int at) {
        String other = OTHERS.get(random.nextInt(OTHERS.size()));
        if (node.isArray()) {
            return other;
        }
        int i = 0;
        for (Map.Entry<String, JsonNode> member : ((ObjectNode) node).properties()) {
            if (i++ == at) {
                String value = random.nextBoolean() ? other : changed(member.getValue());
                return TextNode.valueOf(member.getKey()) + ":" + value;
            }
        }
        return "\"\":" + other;
    }

    /** A text that holds JSON holds other JSON. */
    private String text(String text) {
        String plain = holding(text);
        if (plain != null) {
            return TextNode.valueOf(plain).toString();
        }
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            String inside = holding(new String(bytes, StandardCharsets.UTF_8));
            if (inside != null) {
                bytes = inside.getBytes(StandardCharsets.UTF_8);
                return TextNode.valueOf(Base64.getEncoder().encodeToString(bytes))
                        .toString();
            }
        } catch (IllegalArgumentException e) {
            return OTHERS.get(random.nextInt(OTHERS.size()));
        }
        return OTHERS.get(random.nextInt(OTHERS.size()));
    }

    private String holding(String text) {
        if (!text.startsWith("{") && !text.startsWith("[")) {
            return null;
        }
        try {
            return changed(JSON.readTree(text));
        } catch (JsonProcessingException e) {
            return null;
        }
    }
}
