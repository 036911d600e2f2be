package dev.weir.testing.generate;

import dev.weir.core.catalog.FieldSource;
import dev.weir.core.catalog.Input;
import dev.weir.core.catalog.Metric;
import dev.weir.core.catalog.Opening;
import dev.weir.core.model.Event;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes messages as the items of one JSON event, wherever the catalog looks for their parts. Of a source with a regular expression it
 * writes what stands before the group, and the text in the group's place.
 */
final class ItemWriter {
    private static final byte[] NO_TEXT = {(byte) 0xFF};

    private final Input input;
    private final List<Opening> openings;
    private final Map<String, Metric> metrics;
    private final SentValues values;
    private final MessageWriter flat;

    ItemWriter(Input input, Map<String, Metric> metrics) {
        this.input = input;
        this.openings = input.payload().openings();
        this.metrics = metrics;
        this.values = new SentValues(input, metrics);
        this.flat = new MessageWriter(input, values);
    }

    /**
     * Writes one event.
     *
     * @param arrivalMillis the record's timestamp, epoch milliseconds
     * @param around what the items of one event share: the first part of a name that is joined of several
     */
    Sent write(List<Message> messages, long arrivalMillis, String around) {
        Message first = messages.get(0);
        if (first.replaced || isFlat()) {
            return new Sent(null, List.of(), flat.write(first));
        }
        if (input.format() == Input.Format.SENML) {
            return new SenmlWriter(input, metrics).write(messages, arrivalMillis);
        }
        if (input.format() == Input.Format.AVRO) {
            return new AvroWriter(input).write(messages, around);
        }
        Writing writing = new Writing(around);
        messages.forEach(writing::add);
        return writing.sent();
    }

    private boolean isFlat() {
        return (input.format() == Input.Format.JSON || input.format() == Input.Format.CSV)
                && openings.isEmpty()
                && input.readings().wildcard() == null
                && input.sources().stream().allMatch(FieldSource.Field.class::isInstance);
    }

    /** One event. */
    private final class Writing {
        private final String around;
        private final Map<String, byte[]> headers = new LinkedHashMap<>();
        private final Map<String, Object> keyTree = new LinkedHashMap<>();
        private Object root = new LinkedHashMap<String, Object>();
        private byte[] key;
        /** The sensor of the last message, and the values around its item, from the event to the item. */
        private Object sensor;

        private List<Object> levels = List.of();

        Writing(String around) {
            this.around = around;
        }

        void add(Message message) {
            levels = levels(message);
            sensor = message.sensor;
            put(input.sensorId(), message.sensor);
            putTime(message.time);
            put(input.site(), message.site);
            message.values.forEach((metric, value) -> {
                Object sent = values.sent(metric, value, message);
                if (!input.wide()) {
                    put(input.value(), sent);
                } else if (input.readings().listed().containsKey(metric)) {
                    put(input.readings().listed().get(metric), sent);
                } else if (input.readings().wildcard() != null && sent != Message.ABSENT) {
                    putField(input.readings().wildcard() + "/" + metric, sent);
                }
            });
            put(input.metric(), message.metric);
            put(input.unit(), message.unit);
        }

        private void putTime(Object time) {
            for (FieldSource source : input.eventTime().sources()) {
                put(source, time instanceof Long millis ? flat.time(millis) : time);
            }
        }

        Sent sent() {
            List<Event.Header> sent = new ArrayList<>();
            headers.forEach((name, value) -> sent.add(new Event.Header(name, value)));
            byte[] keyBytes = keyTree.isEmpty() ? key : JsonText.of(keyTree).getBytes(StandardCharsets.UTF_8);
            return new Sent(keyBytes, sent, JsonText.of(root).getBytes(StandardCharsets.UTF_8));
        }

        /** The next item of the innermost array, in an item of the one around it that is of the same sensor. */
        private List<Object> levels(Message message) {
            List<Object> next = new ArrayList<>(List.of(root));
            for (int i = 0; i < openings.size(); i++) {
                boolean each = openings.get(i).kind() == Opening.Kind.EACH;
                boolean last = i == openings.size() - 1;
                boolean shared = !last && levels.size() > i + 1 && (!each || sensor.equals(message.sensor));
                next.add(shared ? levels.get(i + 1) : opened(next.get(i), openings.get(i)));
            }
            return next;
        }

        private Object opened(Object outer, Opening opening) {
            List<String> path = path(opening.pointer());
            Map<String, Object> item = new LinkedHashMap<>();
            if (opening.kind() == Opening.Kind.EACH) {
                JsonText.list(outer, path).add(item);
            } else {
                JsonText.put(outer, path, new JsonText.Wrapped(item, opening.kind() == Opening.Kind.UNWRAP_BASE64));
            }
            return item;
        }

        private void put(FieldSource source, Object value) {
            if (source == null || value == Message.ABSENT) {
                return;
            }
            if (source instanceof FieldSource.Field field) {
                putField(field.name(), value);
            } else if (source instanceof FieldSource.Key part && part.pointer() == null) {
                key = bytes(value);
            } else if (source instanceof FieldSource.Key part) {
                JsonText.put(keyTree, path(part.pointer()), value);
            } else if (source instanceof FieldSource.Header header) {
                headers.put(header.name(), bytes(value));
            } else if (source instanceof FieldSource.Match match) {
                String before = match.regex().substring(0, match.regex().indexOf('('));
                put(match.source(), value instanceof String || value instanceof Number ? before + value : value);
            } else if (source instanceof FieldSource.Join join) {
                int last = join.sources().size() - 1;
                join.sources().subList(0, last).forEach(part -> put(part, around));
                put(join.sources().get(last), value);
            }
        }

        private void putField(String name, Object value) {
            String pointer = name.replaceFirst("^\\^+", "");
            int level = levels.size() - 1 - (name.length() - pointer.length());
            if (pointer.isEmpty()) {
                root = value; // only of an event that is one value
            } else {
                JsonText.put(levels.get(level), path(pointer), value);
            }
        }

        private static byte[] bytes(Object value) {
            if (value instanceof String || value instanceof Number) {
                return value.toString().getBytes(StandardCharsets.UTF_8);
            }
            // As a text it would be a good name, the same for several sensors.
            return value == null ? null : NO_TEXT;
        }

        private static List<String> path(String pointer) {
            return pointer.startsWith("/") ? List.of(pointer.substring(1).split("/", -1)) : List.of(pointer);
        }
    }
}
