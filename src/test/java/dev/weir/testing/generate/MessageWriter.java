package dev.weir.testing.generate;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.weir.core.catalog.Input;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes messages in the layout that an input describes, so that one generator serves all layouts. */
final class MessageWriter {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Input input;
    private final SentValues values;

    /** For a catalog that takes numbers as they are sent. */
    MessageWriter(Input input) {
        this(input, new SentValues(input, Map.of()));
    }

    MessageWriter(Input input, SentValues values) {
        this.input = input;
        this.values = values;
    }

    /** The record's value; null for a tombstone. */
    byte[] write(Message message) {
        if (message.replaced) {
            return message.bytes;
        }
        Map<String, Object> fields = fields(message);
        String text = input.format() == Input.Format.JSON ? json(fields) : csv(fields);
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Map<String, Object> fields(Message message) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put(input.sensorId().toString(), message.sensor);
        putTime(fields, message.time);
        if (input.site() != null) {
            fields.put(input.site().toString(), message.site);
        }
        if (input.wide()) {
            message.values.forEach((metric, value) -> {
                if (input.readings().listed().containsKey(metric)) {
                    fields.put(input.readings().listed().get(metric).toString(), values.sent(metric, value, message));
                }
            });
        } else {
            fields.put(input.metric().toString(), message.metric);
            message.values.values().forEach(value -> fields.put(input.value().toString(), value));
            if (input.unit() != null) {
                fields.put(input.unit().toString(), message.unit);
            }
        }
        fields.values().removeIf(value -> value == Message.ABSENT);
        return fields;
    }

    private void putTime(Map<String, Object> fields, Object time) {
        List<String> names = input.eventTime().shown();
        if (!(time instanceof Long millis)) {
            names.forEach(name -> fields.put(name, time));
            return;
        }
        Object written = time(millis);
        if (names.size() == 1) {
            fields.put(names.get(0), written);
            return;
        }
        String[] parts = written.toString().split(" ", names.size());
        for (int i = 0; i < parts.length; i++) {
            fields.put(names.get(i), parts[i]);
        }
    }

    /** The time in the input's first or last format. */
    Object time(long millis) {
        List<String> formats = input.eventTime().formats();
        return written(millis, formats.get(millis % 5 == 0 ? formats.size() - 1 : 0));
    }

    private Object written(long millis, String format) {
        return switch (format) {
            case "epoch-auto" ->
                written(
                        millis,
                        List.of("epoch-seconds", "epoch-millis", "epoch-micros", "epoch-nanos")
                                .get((int) Math.floorMod(millis / 5, 4L)));
            case "epoch-nanos" -> millis * 1_000_000;
            case "epoch-seconds" -> BigDecimal.valueOf(millis, 3);
            case "epoch-millis" -> millis;
            case "epoch-micros" -> millis * 1_000;
            case "iso-8601" -> Instant.ofEpochMilli(millis).toString();
            default ->
                DateTimeFormatter.ofPattern(format, Locale.ENGLISH)
                        .format(Instant.ofEpochMilli(millis)
                                .atZone(ZoneId.of(input.eventTime().zone())));
        };
    }

    private static String json(Map<String, Object> fields) {
        ObjectNode root = NODES.objectNode();
        fields.forEach((name, value) -> {
            ObjectNode parent = root;
            String[] steps = name.startsWith("/") ? name.substring(1).split("/", -1) : new String[] {name};
            for (int i = 0; i < steps.length - 1; i++) {
                parent = parent.withObjectProperty(steps[i]);
            }
            String leaf = steps[steps.length - 1];
            if (value instanceof Message.RAW raw) {
                parent.putRawValue(leaf, new RawValue(raw.token()));
            } else {
                parent.set(leaf, NODES.pojoNode(value));
            }
        });
        return root.toString();
    }

    private String csv(Map<String, Object> fields) {
        return input.csv().header().stream()
                .map(column -> cell(fields.get(column), input.csv()))
                .collect(Collectors.joining(String.valueOf(input.csv().separator())));
    }

    private static String cell(Object value, Input.Csv csv) {
        if (value == null) {
            return "NA";
        }
        String text = value instanceof Message.RAW raw
                ? raw.token()
                : value instanceof BigDecimal number ? number.toPlainString() : value.toString();
        char quote = csv.quote();
        boolean quotes = text.indexOf(csv.separator()) >= 0 || text.indexOf(quote) >= 0 || text.indexOf('\n') >= 0;
        String mark = String.valueOf(quote);
        return quotes && quote != Input.Csv.NO_QUOTE ? mark + text.replace(mark, mark + mark) + mark : text;
    }
}
