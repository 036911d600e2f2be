package dev.weir.core.decode;

import dev.weir.core.catalog.Opening;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A random JSON document: its text, and what it means as a tree in which of a repeated key only the last is left. Opens its items by the
 * words of the catalog's documentation, with nothing of the decoders.
 */
final class JsonTree {
    private static final String[] KEYS = {"a", "b", "r", "a", "b", "r", "c", "a.b", "w", "x"};
    /** JSON null, which differs from what is not there. */
    private static final Object NULL = new Object();

    private final String text;
    private final Object root;

    private JsonTree(String text, Object root) {
        this.text = text;
        this.root = root;
    }

    String text() {
        return text;
    }

    static JsonTree random(Random random, List<Opening> openings) {
        StringBuilder out = new StringBuilder();
        Object root = new Writer(random, out, random.nextBoolean()).value(openings, 0, 0, true);
        return new JsonTree(out.toString(), root);
    }

    /**
     * Writes a document while it makes the tree.
     *
     * @param plain whether the fast path can read it
     */
    private record Writer(Random random, StringBuilder out, boolean plain) {

        /** @param toward whether an opening should be found here or below */
        Object value(List<Opening> openings, int next, int depth, boolean toward) {
            Opening opening = toward && next < openings.size() ? openings.get(next) : null;
            if (opening != null && opening.pointer().isEmpty() && random.nextInt(12) > 0) {
                return opened(openings, next, depth);
            }
            int kind = depth == 0 ? random.nextInt(7) : random.nextInt(12);
            if (kind < 7 && depth < 7) {
                return object(openings, next, depth, toward);
            }
            if (kind == 7 && depth < 7 && !plain) {
                return array(openings, next, depth, toward);
            }
            return scalar();
        }

        private Object opened(List<Opening> openings, int next, int depth) {
            if (openings.get(next).kind() == Opening.Kind.EACH) {
                return array(openings, next + 1, depth, true);
            }
            StringBuilder inside = new StringBuilder();
            Object value = new Writer(random, inside, plain).object(openings, next + 1, 0, true);
            boolean base64 = openings.get(next).kind() == Opening.Kind.UNWRAP_BASE64;
            String wrapped = inside.toString();
            String shown = base64
                    ? ItemsFixture.base64(wrapped)
                    : wrapped.replace("\\", "\\\\").replace("\"", "\\\"");
            out.append('"').append(shown).append('"');
            return new Wrapped(base64 ? shown : wrapped, value);
        }

        private Object array(List<Opening> openings, int next, int depth, boolean toward) {
            List<Object> elements = new ArrayList<>();
            out.append('[');
            int size = random.nextInt(4);
            for (int i = 0; i < size; i++) {
                out.append(i == 0 ? "" : ",").append(blank());
                elements.add(value(openings, next, depth + 1, toward));
            }
            out.append(']');
            return elements;
        }

        private Object object(List<Opening> openings, int next, int depth, boolean toward) {
            Map<String, Object> members = new LinkedHashMap<>();
            out.append('{');
            int size = random.nextInt(6);
            for (int i = 0; i < size; i++) {
                String key = KEYS[random.nextInt(KEYS.length)];
                out.append(i == 0 ? "" : ",")
                        .append(blank())
                        .append('"')
                        .append(key)
                        .append("\":");
                // Removed first, so that the members are in the order of their last occurrence.
                members.remove(key);
                members.put(key, member(key, openings, next, depth, toward));
            }
            out.append(blank()).append('}');
            return members;
        }

        private Object member(String key, List<Opening> openings, int next, int depth, boolean toward) {
            Opening opening = toward && next < openings.size() ? openings.get(next) : null;
            boolean there = opening != null && opening.pointer().endsWith('/' + key);
            if (there && random.nextInt(10) > 0) {
                return opened(openings, next, depth);
            }
            // A text that holds no JSON would make the event malformed, even if the key comes again.
            return there ? noText() : value(openings, next, depth + 1, toward);
        }

        private Object noText() {
            if (random.nextBoolean()) {
                out.append("null");
                return NULL;
            }
            out.append("{}");
            return Map.of();
        }

        private Object scalar() {
            switch (random.nextInt(7)) {
                case 0:
                    out.append("null");
                    return NULL;
                case 1:
                    out.append("true");
                    return true;
                case 2:
                    out.append("\"NA\"");
                    return "NA";
                case 3:
                    out.append("1.5e0");
                    return 1.5;
                case 4:
                    // An escape, which is Jackson's.
                    out.append(plain ? "\"tA\"" : "\"t\\u0041\"");
                    return "tA";
                case 5:
                    out.append("\"ö\"");
                    return "ö";
                default:
                    long number = random.nextInt(100) - 50L;
                    out.append(number);
                    return number;
            }
        }

        private String blank() {
            return random.nextInt(8) == 0 ? " " : "";
        }
    }

    /** A text that holds JSON. */
    private record Wrapped(String text, Object value) {}

    List<String> lines(List<Opening> openings, List<String> fields, String wildcard) {
        List<String> lines = new ArrayList<>();
        open(root, List.of(), "", openings, new Shown(fields, wildcard), lines);
        return lines;
    }

    private record Shown(List<String> fields, String wildcard) {}

    /** @param around the values around this one, outermost first */
    private static void open(
            Object value, List<Object> around, String index, List<Opening> openings, Shown shown, List<String> lines) {
        List<Object> chain = new ArrayList<>(around);
        chain.add(value);
        if (openings.isEmpty()) {
            lines.add(index + ":" + fields(chain, shown) + members(at(value, shown.wildcard), shown));
            return;
        }
        Opening opening = openings.get(0);
        List<Opening> rest = openings.subList(1, openings.size());
        Object found = at(value, opening.pointer());
        if (opening.kind() == Opening.Kind.EACH && found instanceof List<?> elements) {
            for (int i = 0; i < elements.size(); i++) {
                open(elements.get(i), chain, index + (index.isEmpty() ? "" : ".") + i, rest, shown, lines);
            }
        } else if (opening.kind() != Opening.Kind.EACH && found instanceof Wrapped wrapped) {
            open(wrapped.value, chain, index, rest, shown, lines);
        } else {
            String what = found == null ? "ABSENT" : found == NULL ? "NULL" : "OTHER";
            for (int i = 0; i < openings.size(); i++) {
                chain.add(null);
            }
            lines.add(index + ": no " + opening.pointer() + ", " + what + (index.isEmpty() ? " in the event" : "")
                    + fields(chain, shown));
        }
    }

    private static String fields(List<Object> chain, Shown shown) {
        StringBuilder line = new StringBuilder();
        for (String field : shown.fields) {
            int climbs = (int) field.chars().filter(c -> c == '^').count();
            line.append(' ').append(shown(at(chain.get(chain.size() - 1 - climbs), field.substring(climbs))));
        }
        return line.toString();
    }

    private static String members(Object value, Shown shown) {
        Map<String, String> names = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> object && shown.wildcard != null) {
            add(object, shown.wildcard, "", shown.fields, names);
        }
        StringBuilder line = new StringBuilder();
        names.forEach((name, text) -> line.append(' ').append(name).append('=').append(text));
        return line.toString();
    }

    private static void add(
            Map<?, ?> object, String path, String prefix, List<String> fields, Map<String, String> names) {
        object.forEach((key, value) -> {
            String pointer = path + '/' + key;
            boolean mapped = fields.contains(pointer) || (pointer.lastIndexOf('/') == 0 && fields.contains(key));
            String name = prefix + key;
            if (mapped || value instanceof List) {
                return;
            }
            if (value instanceof Map<?, ?> inner) {
                add(inner, pointer, name + '.', fields, names);
            } else {
                names.remove(name);
                names.put(name, shown(value));
            }
        });
    }

    private static Object at(Object from, String pointer) {
        Object value = from;
        if (pointer == null || pointer.isEmpty()) {
            return value;
        }
        for (String key : (pointer.startsWith("/") ? pointer.substring(1) : pointer).split("/", -1)) {
            if (value instanceof Map<?, ?> object) {
                value = object.get(key);
            } else if (value instanceof List<?> list && key.matches("[0-9]")) {
                value = Integer.parseInt(key) < list.size() ? list.get(Integer.parseInt(key)) : null;
            } else {
                return null;
            }
        }
        return value;
    }

    private static String shown(Object value) {
        if (value == null) {
            return "-";
        }
        if (value == NULL || value.equals("NA")) {
            return "null";
        }
        if (value instanceof Wrapped wrapped) {
            return '\'' + wrapped.text + '\'';
        }
        if (value instanceof String) {
            return "'" + value + '\'';
        }
        return value instanceof Map || value instanceof List ? "{}" : String.valueOf(value);
    }
}
