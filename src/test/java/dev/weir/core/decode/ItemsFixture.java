package dev.weir.core.decode;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.core.catalog.FieldSource;
import dev.weir.core.catalog.Input;
import dev.weir.core.catalog.Opening;
import dev.weir.core.catalog.Opening.Kind;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Decodes JSON into items and writes them as lines: the index, what could not be opened, the cells in the layout's order, the members. */
final class ItemsFixture {
    static final Set<String> NULLS = Set.of("NA");

    final Layout layout;
    final List<String> fields;
    private final JsonDecoder decoder;
    private final Items items;

    ItemsFixture(Input input, List<String> fields, Boolean fast) {
        this.fields = fields;
        layout = new Layout(input);
        decoder = fast == null ? new JsonDecoder(layout) : new JsonDecoder(layout, fast);
        items = new Items(layout, NULLS);
    }

    /** Returns an input whose readings are the fields. */
    static Input input(List<Opening> openings, List<String> fields, String wildcard) {
        Map<String, FieldSource> listed = new LinkedHashMap<>();
        fields.forEach(field -> listed.put("m:" + field, FieldSource.field(field)));
        return new Input(
                Input.Topics.REST,
                new Input.Payload(Input.Format.JSON, openings, null, null),
                new Input.Fields(
                        FieldSource.field(fields.get(0)),
                        new Input.EventTime(
                                List.of(new FieldSource.Timestamp()), List.of(), "UTC", Input.Overlap.EARLIER),
                        null,
                        null,
                        null,
                        null),
                new Input.Readings(listed, wildcard),
                new Input.Texts(NULLS, false));
    }

    static ItemsFixture of(List<Opening> openings, String wildcard, String... fields) {
        return new ItemsFixture(input(openings, List.of(fields), wildcard), List.of(fields), null);
    }

    static Opening each(String pointer) {
        return new Opening(Kind.EACH, pointer);
    }

    static Opening unwrap(String pointer) {
        return new Opening(Kind.UNWRAP, pointer);
    }

    static Opening unwrapBase64(String pointer) {
        return new Opening(Kind.UNWRAP_BASE64, pointer);
    }

    static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }

    /** Returns the items of an event, whose quotes are written as ', or why it is malformed. */
    List<String> lines(String event) {
        return decode(event.replace('\'', '"'));
    }

    List<String> decode(String event) {
        items.clear();
        try {
            decoder.decode(event.getBytes(UTF_8), null, items);
        } catch (MalformedEventException e) {
            return List.of("malformed: " + e.getMessage());
        }
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            lines.add(line(items.item(i)));
        }
        return lines;
    }

    Items items() {
        return items;
    }

    private String line(Cells item) {
        StringBuilder line = new StringBuilder(items.index(item)).append(':');
        if (items.unopened(item) != null) {
            line.append(" no ")
                    .append(items.unopened(item).pointer())
                    .append(", ")
                    .append(items.foundInstead(item));
            line.append(items.isEventUnopened(item) ? " in the event" : "");
        }
        for (String field : fields) {
            line.append(' ').append(shown(item, layout.slot(FieldSource.field(field))));
        }
        for (int i = 0; i < item.members(); i++) {
            if (item.kind(item.memberSlot(i)) != Cells.Kind.ABSENT) {
                line.append(' ').append(item.member(i)).append('=').append(shown(item, item.memberSlot(i)));
            }
        }
        return line.toString();
    }

    private static String shown(Cells cells, int slot) {
        return switch (cells.kind(slot)) {
            case ABSENT -> "-";
            case NULL -> "null";
            case TEXT -> '\'' + cells.text(slot) + '\'';
            case INTEGER -> String.valueOf(cells.integer(slot));
            case DECIMAL -> String.valueOf(cells.number(slot));
            case BOOLEAN -> cells.integer(slot) == 1 ? "true" : "false";
            default -> "{}";
        };
    }
}
