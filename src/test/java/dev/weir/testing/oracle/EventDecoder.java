package dev.weir.testing.oracle;

import dev.weir.core.catalog.Catalog;
import dev.weir.core.catalog.Input;
import dev.weir.core.catalog.Metric;
import dev.weir.core.model.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The event level of docs/reject-reasons.md: bytes to reading slots, or the first fault in the order malformed, sensor,
 * metric, event time.
 */
final class EventDecoder {
    private static final int MAX_BYTES = 1 << 20;
    private static final int MAX_READINGS = 1_000;
    private static final int MAX_IDENTIFIER = 255;

    private final Input input;
    private final Catalog catalog;
    private final EventTimes times;

    EventDecoder(Catalog catalog) {
        this.input = catalog.inputs().get(0);
        this.catalog = catalog;
        this.times = new EventTimes(input);
    }

    DecodedEvent decode(byte[] bytes) throws EventFault {
        Fields fields = fields(bytes);
        Object sensor = wellFormed(fields.get(input.sensorId().toString()), true);
        Object metric =
                input.wide() ? null : wellFormed(fields.get(input.metric().toString()), true);
        Object unit = input.unit() == null ? null : fields.get(input.unit().toString());
        if (unit instanceof String) {
            wellFormed(unit, false);
        }
        Object site =
                input.site() == null ? null : wellFormed(fields.get(input.site().toString()), false);
        List<DecodedEvent.Slot> slots = input.wide() ? wideSlots(fields) : List.of();
        if (slots.size() > MAX_READINGS) {
            throw new EventFault(Reason.MALFORMED, "more than " + MAX_READINGS + " readings");
        }

        String sensorId = text(sensor, "sensor");
        if (!input.wide()) {
            slots = List.of(new DecodedEvent.Slot(
                    text(metric, "metric"), fields.get(input.value().toString()), unit));
        }
        long time = times.read(fields);
        Long later = input.eventTime().overlap() == Input.Overlap.ADVANCE ? times.later() : null;
        return new DecodedEvent(sensorId, time, later, site, slots);
    }

    private Fields fields(byte[] bytes) throws EventFault {
        if (bytes == null) {
            throw new EventFault(Reason.MALFORMED, "tombstone");
        }
        if (bytes.length > MAX_BYTES) {
            throw new EventFault(Reason.MALFORMED, "longer than 1 MiB");
        }
        String text = utf8(bytes);
        return input.format() == Input.Format.JSON ? JsonFields.parse(text) : CsvFields.parse(text, input.csv());
    }

    /** The text without a byte order mark. */
    private static String utf8(byte[] bytes) throws EventFault {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new EventFault(Reason.MALFORMED, "not UTF-8");
        }
    }

    private List<DecodedEvent.Slot> wideSlots(Fields fields) {
        List<DecodedEvent.Slot> slots = new ArrayList<>();
        input.readings().listed().forEach((metric, field) -> {
            Object value = fields.get(field.toString());
            Metric known = catalog.metrics().get(metric);
            boolean optional = known != null && known.optional();
            if (!optional || !missing(value, input.nullValues())) {
                slots.add(new DecodedEvent.Slot(metric, value, null));
            }
        });
        return slots;
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

    private static Object wellFormed(Object field, boolean identifier) throws EventFault {
        String text = name(field);
        if (text != null) {
            boolean empty = identifier && text.isEmpty();
            boolean control = text.chars().anyMatch(Character::isISOControl);
            // An unpaired surrogate is a code point of its own.
            boolean surrogate = text.codePoints().anyMatch(c -> c >= 0xD800 && c <= 0xDFFF);
            if (empty || control || surrogate || text.length() > MAX_IDENTIFIER) {
                throw new EventFault(Reason.MALFORMED, "an identifier that is none");
            }
        }
        return field;
    }

    private String text(Object field, String what) throws EventFault {
        if (field == null || field instanceof String text && input.nullValues().contains(text)) {
            throw new EventFault(Reason.MISSING_FIELD, what);
        }
        if (name(field) == null) {
            throw new EventFault(Reason.WRONG_TYPE, what);
        }
        return name(field);
    }
}
