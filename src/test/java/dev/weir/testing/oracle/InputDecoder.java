package dev.weir.testing.oracle;

import dev.weir.core.catalog.Catalog;
import dev.weir.core.catalog.FieldSource;
import dev.weir.core.catalog.Input;
import dev.weir.core.catalog.Metric;
import dev.weir.core.catalog.Opening;
import dev.weir.core.model.Event;
import dev.weir.core.model.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;

/**
 * The event level of docs/reject-reasons.md: bytes to items and reading slots, or the first fault in the order malformed, sensor,
 * metric, event time.
 */
final class InputDecoder {
    private static final int MAX_BYTES = 1 << 20;
    private static final int MAX_READINGS = 1_000;
    private static final int MAX_IDENTIFIER = 255;

    private final Catalog catalog;
    private final Input input;
    private final EventTimes times;
    private final boolean each;
    /** Of Avro's bodies; null for other formats. */
    private final Schema schema;

    InputDecoder(Catalog catalog, Input input) {
        this.catalog = catalog;
        this.input = input;
        this.times = new EventTimes(input);
        this.schema = input.payload().avro() == null
                ? null
                : new Schema.Parser().parse(input.payload().avro().schema());
        this.each = input.payload().openings().stream().anyMatch(opening -> opening.kind() == Opening.Kind.EACH);
    }

    Input input() {
        return input;
    }

    DecodedEvent decode(Event event) throws EventFault {
        List<DecodedEvent.Item> decoded = new ArrayList<>();
        int slots = 0;
        for (Item item : items(event)) {
            ItemFields fields = new ItemFields(input, item, event);
            List<DecodedEvent.Slot> found = slots(fields, item);
            requireFew(found.size());
            DecodedEvent.Item one = item(fields, item, found);
            slots += one.fault() == null ? one.slots().size() : 1;
            requireFew(slots);
            decoded.add(one);
        }
        return new DecodedEvent(input, decoded);
    }

    private static void requireFew(int slots) throws EventFault {
        if (slots > MAX_READINGS) {
            throw new EventFault(Reason.MALFORMED, "more than " + MAX_READINGS + " readings");
        }
    }

    private List<Item> items(Event event) throws EventFault {
        byte[] bytes = event.value();
        if (bytes == null) {
            throw new EventFault(Reason.MALFORMED, "tombstone");
        }
        if (bytes.length > MAX_BYTES) {
            throw new EventFault(Reason.MALFORMED, "longer than 1 MiB");
        }
        if (input.format() == Input.Format.CSV) {
            Object row = CsvFields.parse(
                    utf8(bytes),
                    input.csv(),
                    input.csv().header() == null
                            ? event.file().columns()
                            : input.csv().header());
            return row == null ? List.of() : Items.of(input, row, 0);
        }
        if (schema != null) {
            AvroTree tree = new AvroTree(bytes);
            Object body = tree.whole(schema);
            Items.requireForm(input, body, 0);
            return Items.of(input, body, tree.fields());
        }
        String text = utf8(bytes);
        JsonParser parser = new JsonParser(text);
        Object document = Items.document(input, parser, text, 0);
        List<Item> items = Items.of(input, document, parser.fields());
        return input.format() == Input.Format.SENML ? Senml.resolved(items, event, input) : items;
    }

    /** The text without a byte order mark. */
    static String utf8(byte[] bytes) throws EventFault {
        String text = exactUtf8(bytes);
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    static String exactUtf8(byte[] bytes) throws EventFault {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new EventFault(Reason.MALFORMED, "not UTF-8");
        }
    }

    /** A fault of an item is the event's where the event is the one item, or could not be opened. */
    private DecodedEvent.Item item(ItemFields fields, Item item, List<DecodedEvent.Slot> slots) throws EventFault {
        String prefix = item.index().isEmpty() ? "" : "item " + item.index() + ": ";
        try {
            return decoded(prefix, fields, item, slots);
        } catch (EventFault fault) {
            if (!each || item.isUnopenedEvent()) {
                throw fault;
            }
            return DecodedEvent.Item.faulty(prefix, fault);
        }
    }

    private DecodedEvent.Item decoded(String prefix, ItemFields fields, Item item, List<DecodedEvent.Slot> slots)
            throws EventFault {
        Object sensor = wellFormed(get(fields, input.sensorId()), true);
        Object metric = wellFormed(get(fields, input.metric()), true);
        Object unit = get(fields, input.unit());
        if (unit instanceof String) {
            wellFormed(unit, false);
        }
        Object site = wellFormed(get(fields, input.site()), false);
        if (!input.wide() && isIgnored(metric)) {
            return new DecodedEvent.Item(prefix, null, null, 0, null, null, List.of());
        }
        requireOpened(item);
        String sensorId = text(sensor, "sensor");
        if (!input.wide()) {
            text(metric, "metric");
        }
        long time = times.read(fields);
        Long later = input.eventTime().overlap() == Input.Overlap.ADVANCE ? times.later() : null;
        return new DecodedEvent.Item(prefix, null, sensorId, time, later, site, slots);
    }

    private static Object get(Fields fields, FieldSource source) {
        return source == null ? null : fields.get(source);
    }

    private boolean isIgnored(Object metric) {
        return catalog.unknownMetric() == Catalog.UnknownMetric.IGNORE
                && !missing(metric, input.nullValues())
                && name(metric) != null
                && !catalog.metrics().containsKey(name(metric));
    }

    private static void requireOpened(Item item) throws EventFault {
        if (item.unopened() != null) {
            Reason reason = item.found() == null ? Reason.MISSING_FIELD : Reason.WRONG_TYPE;
            throw new EventFault(reason, "each or unwrap");
        }
    }

    private List<DecodedEvent.Slot> slots(ItemFields fields, Item item) {
        List<DecodedEvent.Slot> slots = new ArrayList<>();
        if (!input.wide()) {
            String metric = name(get(fields, input.metric()));
            Object unit = get(fields, input.unit());
            slots.add(new DecodedEvent.Slot(metric, fields.get(input.value()), unit, textOnly(input.value())));
            return slots;
        }
        input.readings().listed().forEach((metric, source) -> {
            Object value = fields.get(source);
            if (!isLeftOut(metric, value)) {
                slots.add(new DecodedEvent.Slot(metric, value, null, textOnly(source)));
            }
        });
        new Wildcard(input).members(item).forEach((name, value) -> {
            boolean ignored = catalog.unknownMetric() == Catalog.UnknownMetric.IGNORE
                    && !catalog.metrics().containsKey(name);
            if (!ignored && !isLeftOut(name, value)) {
                slots.add(new DecodedEvent.Slot(isName(name, true) ? name : null, value, null, false));
            }
        });
        return slots;
    }

    private boolean isLeftOut(String metric, Object value) {
        Metric known = catalog.metrics().get(metric);
        return known != null && known.optional() && missing(value, input.nullValues());
    }

    /** A header, a key or a topic is a text whatever it says, and so is what is made of several. */
    static boolean textOnly(FieldSource source) {
        return !(source instanceof FieldSource.Field);
    }

    /** Whether there is no value: absent, JSON's null, or a null text. */
    static boolean missing(Object field, Set<String> nullValues) {
        return field == null || field instanceof String text && nullValues.contains(text);
    }

    /** The text, or the number's text as sent, which names a sensor, a metric or a site just as well; null for what is neither. */
    static String name(Object field) {
        if (field instanceof Fields.Number number) {
            return Numbers.isDecimal(number.raw()) ? number.raw() : null;
        }
        return field instanceof String text ? text : null;
    }

    private static boolean isName(String text, boolean identifier) {
        boolean empty = identifier && text.isEmpty();
        boolean control = text.chars().anyMatch(Character::isISOControl);
        // An unpaired surrogate is a code point of its own.
        boolean surrogate = text.codePoints().anyMatch(c -> c >= 0xD800 && c <= 0xDFFF);
        return !empty && !control && !surrogate && text.length() <= MAX_IDENTIFIER;
    }

    private static Object wellFormed(Object field, boolean identifier) throws EventFault {
        String text = name(field);
        if (text != null && !isName(text, identifier)) {
            throw new EventFault(Reason.MALFORMED, "an identifier that is none");
        }
        return field;
    }

    private String text(Object field, String what) throws EventFault {
        if (missing(field, input.nullValues())) {
            throw new EventFault(Reason.MISSING_FIELD, what);
        }
        if (name(field) == null) {
            throw new EventFault(Reason.WRONG_TYPE, what);
        }
        return name(field);
    }
}
