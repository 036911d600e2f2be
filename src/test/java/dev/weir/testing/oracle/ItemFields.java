package dev.weir.testing.oracle;

import dev.weir.core.catalog.FieldSource;
import dev.weir.core.catalog.Input;
import dev.weir.core.model.Event;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The fields of one item: in the event, in what is around it, or made of both. */
final class ItemFields implements Fields {
    private static final BigInteger MICROS_PER_MILLI = BigInteger.valueOf(1_000);
    private static final Map<String, Pattern> PATTERNS = new HashMap<>();

    private final Item item;
    private final Event event;
    private final boolean nests;
    private final Set<String> nullValues;

    ItemFields(Input input, Item item, Event event) {
        this.item = item;
        this.event = event;
        this.nests = input.format() != Input.Format.CSV;
        this.nullValues = input.nullValues();
    }

    @Override
    public Object get(FieldSource source) {
        if (source instanceof FieldSource.Field field) {
            return field(field.name());
        }
        if (source instanceof FieldSource.Key key) {
            return key.pointer() == null ? text(event.key()) : inKey(key.pointer());
        }
        if (source instanceof FieldSource.Header header) {
            return text(event.header(header.name()));
        }
        if (source instanceof FieldSource.Topic topic) {
            return captured(topic.regex(), event.origin().topic());
        }
        if (source instanceof FieldSource.Path path) {
            return event.origin().file() == null
                    ? null
                    : captured(path.regex(), event.origin().file());
        }
        if (source instanceof FieldSource.Constant constant) {
            return constant.text();
        }
        if (source instanceof FieldSource.Join join) {
            return joined(join);
        }
        if (source instanceof FieldSource.Match match) {
            String text = name(match.source());
            return text == null ? null : captured(match.regex(), text);
        }
        BigInteger millis = BigInteger.valueOf(event.origin().timestampMillis());
        return new Time(EventTimes.saturated(millis.multiply(MICROS_PER_MILLI)), null);
    }

    private Object field(String name) {
        int last = item.around().size() - 1;
        List<String> path = nests ? Items.path(name) : List.of(name);
        int level = nests ? Items.level(name, last) : last;
        return Tree.field(Tree.follow(item.around().get(level), path));
    }

    /** What a name can be made of: a text that means something, or a number's digits; else null. */
    private String name(FieldSource source) {
        Object field = get(source);
        return InputDecoder.missing(field, nullValues) ? null : InputDecoder.name(field);
    }

    private String joined(FieldSource.Join join) {
        List<String> parts = new ArrayList<>();
        for (FieldSource source : join.sources()) {
            String part = name(source);
            if (part == null) {
                return null;
            }
            parts.add(part);
        }
        return String.join(join.separator(), parts);
    }

    private static String captured(String regex, String text) {
        Matcher matcher = PATTERNS.computeIfAbsent(regex, Pattern::compile).matcher(text);
        return matcher.matches() ? matcher.group(1) : null;
    }

    /** Bytes that are no text are something else. */
    private static Object text(byte[] bytes) {
        if (bytes == null) {
            return null;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return new Other("bytes");
        }
    }

    /** A key that is no JSON has nothing in it. */
    private Object inKey(String pointer) {
        if (event.key() == null) {
            return null;
        }
        try {
            Object key = new JsonParser(InputDecoder.utf8(event.key())).parse();
            boolean whole = pointer.isEmpty();
            return key instanceof Map || whole ? Tree.field(Tree.follow(key, Tree.path(pointer))) : null;
        } catch (EventFault e) {
            return null;
        }
    }
}
