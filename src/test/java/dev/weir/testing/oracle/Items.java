package dev.weir.testing.oracle;

import dev.weir.core.catalog.FieldSource;
import dev.weir.core.catalog.Input;
import dev.weir.core.catalog.Opening;
import dev.weir.core.model.Reason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Opens an event into its items, one step of the catalog after the other. */
final class Items {
    private static final int MAX_ITEMS = 10_000;

    private final Input input;
    private final List<Opening> openings;
    private final List<Item> items = new ArrayList<>();
    private final int[] opened;
    private int fields;

    private Items(Input input, int fields) {
        this.input = input;
        this.openings = input.payload().openings();
        this.opened = new int[openings.size()];
        this.fields = fields;
    }

    /** @param fields how many names of fields the event itself holds: one limit counts those of wrapped texts with them */
    static List<Item> of(Input input, Object event, int fields) throws EventFault {
        Items opener = new Items(input, fields);
        opener.open(Collections.singletonList(event), 0, "");
        return opener.items;
    }

    private record Step(List<Object> around, int depth, String index) {}

    private void open(List<Object> around, int depth, String index) throws EventFault {
        int step = around.size() - 1;
        if (step == openings.size()) {
            items.add(new Item(around, index, null, null));
            return;
        }
        Opening opening = openings.get(step);
        List<String> path = Tree.path(opening.pointer());
        Object found = Tree.follow(around.get(step), path);
        boolean each = opening.kind() == Opening.Kind.EACH;
        List<Step> next = new ArrayList<>();
        if (each && found instanceof List<?> array) {
            for (int i = 0; i < array.size(); i++) {
                String at = index.isEmpty() ? "" + i : index + "." + i;
                next.add(new Step(with(around, array.get(i)), depth + path.size() + 1, at));
            }
        } else if (!each && found instanceof String text) {
            int outside = depth + path.size();
            next.add(new Step(with(around, unwrapped(text, opening, step + 1, outside)), outside, index));
        } else {
            List<Object> padded = new ArrayList<>(around);
            padded.addAll(Collections.nCopies(openings.size() - step, null));
            items.add(new Item(padded, index, opening, found));
        }
        opened[step] += next.size();
        if (opened[step] > MAX_ITEMS) {
            throw new EventFault(Reason.MALFORMED, "more than " + MAX_ITEMS + " items");
        }
        for (Step one : next) {
            open(one.around(), one.depth(), one.index());
        }
    }

    private static List<Object> with(List<Object> around, Object item) {
        List<Object> all = new ArrayList<>(around);
        all.add(item);
        return all;
    }

    private Object unwrapped(String text, Opening opening, int level, int depth) throws EventFault {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (!new String(bytes, StandardCharsets.UTF_8).equals(text)) {
            throw new EventFault(Reason.MALFORMED, "half a character in a wrapped text");
        }
        if (opening.kind() == Opening.Kind.UNWRAP_BASE64) {
            try {
                bytes = Base64.getDecoder().decode(text);
            } catch (IllegalArgumentException e) {
                throw new EventFault(Reason.MALFORMED, "not base64");
            }
        }
        String inner = InputDecoder.utf8(bytes);
        JsonParser parser = new JsonParser(inner, depth, fields);
        Object document = document(input, parser, inner, level);
        fields = parser.fields();
        return document;
    }

    /** The JSON in the text; where the catalog maps the whole, a text that was never meant to be JSON is a word. */
    static Object document(Input input, JsonParser parser, String text, int level) throws EventFault {
        try {
            Object document = parser.parse();
            requireForm(input, document, level);
            return document;
        } catch (EventFault fault) {
            String word = text.strip();
            if (isMapped(input, level) && !word.matches("(?s)|[{\\[\"].*|.*\\x00.*")) {
                return word;
            }
            throw fault;
        }
    }

    /** What stands alone, or an array, is good only where the catalog maps or opens just that. */
    static void requireForm(Input input, Object document, int level) throws EventFault {
        List<Opening> openings = input.payload().openings();
        boolean opens = level < openings.size() && openings.get(level).pointer().isEmpty();
        if (!(document instanceof Map) && !opens && !isMapped(input, level)) {
            throw new EventFault(Reason.MALFORMED, "not a JSON object");
        }
    }

    private static boolean isMapped(Input input, int level) {
        int openings = input.payload().openings().size();
        return input.sources().stream()
                .anyMatch(source -> source instanceof FieldSource.Field field
                        && level(field.name(), openings) == level
                        && path(field.name()).isEmpty());
    }

    /** Which of the values around an item a field begins at: 0 is the event. */
    static int level(String field, int openings) {
        return Math.max(0, openings - Tree.climbs(field));
    }

    /** The way from there. */
    static List<String> path(String field) {
        return Tree.path(field.substring(Tree.climbs(field)));
    }
}
