package dev.weir.core.decode;

import dev.weir.core.catalog.Opening;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;

/**
 * Compiles a writer's schema and the mapping to steps. Not thread-safe.
 *
 * <p>A pointer goes through unions: {@code /a} finds the field in whichever branch was written. A field is found by its name or, if no
 * field of the record has the name, by an alias. Maps are objects, and an index in a pointer addresses an array's element, as in JSON.
 *
 * <p>A schema may contain itself. The mapping ends somewhere, so only what is skipped, and the members of a wildcard, need to be compiled
 * once per schema to end as well.
 */
final class AvroCompiler {
    static final AvroStep NOTHING = (in, to) -> {};

    private final Layout layout;
    /** Reads what texts wrap; null if no text does. */
    private final JsonDecoder wrapped;

    private final AvroMembers members = new AvroMembers(this);
    private final AvroSkips skips = new AvroSkips();

    AvroCompiler(Layout layout) {
        this.layout = layout;
        wrapped = layout.unwraps() ? new JsonDecoder(layout) : null;
    }

    /** Returns the step that reads a whole body. It must be a record or a map, unless the root is mapped as a value or opened. */
    AvroStep body(Schema schema, PathNode root) {
        Schema.Type type = schema.getType();
        if (type == Schema.Type.UNION) {
            return union(
                    schema.getTypes().stream().map(branch -> body(branch, root)).toArray(AvroStep[]::new));
        }
        if (type == Schema.Type.RECORD || type == Schema.Type.MAP || root.takesAnything()) {
            return step(schema, root);
        }
        return (in, to) -> {
            throw new MalformedEventException("not a record but: " + type.getName());
        };
    }

    /** Returns the step that reads a value at a place; null for a place where nothing is mapped. */
    AvroStep step(Schema schema, PathNode node) {
        if (node == null) {
            return skips.of(schema);
        }
        if (schema.getType() == Schema.Type.UNION) {
            return union(
                    schema.getTypes().stream().map(branch -> step(branch, node)).toArray(AvroStep[]::new));
        }
        if (node.opens() != 0) {
            return opening(schema, node);
        }
        boolean isObject = schema.getType() == Schema.Type.RECORD || schema.getType() == Schema.Type.MAP;
        if (isObject || schema.getType() == Schema.Type.ARRAY) {
            AvroStep inside = isObject && node.isWildcard() ? members.of(schema, node) : inside(schema, node);
            return node.slot() == Layout.NONE ? inside : both(other(node.slot()), inside);
        }
        return stored(schema, node.slot());
    }

    static AvroStep union(AvroStep[] branches) {
        return (in, to) -> branches[in.readIndex(branches.length, "branch")].read(in, to);
    }

    private static AvroStep both(AvroStep first, AvroStep second) {
        return (in, to) -> {
            first.read(in, to);
            second.read(in, to);
        };
    }

    private static AvroStep other(int slot) {
        return (in, to) -> to.cells().setOther(slot);
    }

    /** Returns the step for a value that is no object: it is stored, or skipped if it has no slot. */
    private AvroStep stored(Schema schema, int slot) {
        if (slot == Layout.NONE) {
            return skips.of(schema);
        }
        return switch (schema.getType()) {
            case RECORD, MAP, ARRAY -> both(other(slot), skips.of(schema));
            default -> {
                AvroScalar scalar = AvroScalar.of(schema, layout.isEventTime(slot));
                yield (in, to) -> scalar.store(in, to, slot);
            }
        };
    }

    private AvroStep inside(Schema schema, PathNode node) {
        if (node.isLeaf()) {
            return skips.of(schema);
        }
        return switch (schema.getType()) {
            case RECORD -> record(schema, node);
            case MAP -> map(schema, node);
            default -> array(schema, node);
        };
    }

    private AvroStep record(Schema schema, PathNode node) {
        return record(schema.getFields().stream()
                .map(field -> step(field.schema(), place(schema, field, node)))
                .toArray(AvroStep[]::new));
    }

    /** Returns a step that reads the fields of a record. */
    static AvroStep record(AvroStep[] fields) {
        return (in, to) -> {
            in.enter();
            in.countFields(fields.length);
            for (AvroStep field : fields) {
                field.read(in, to);
            }
            in.leave();
        };
    }

    /** Returns the place of a record's field; null if nothing is mapped there. */
    static PathNode place(Schema schema, Schema.Field field, PathNode node) {
        PathNode named = node.key(field.name());
        if (named != null) {
            return named;
        }
        return field.aliases().stream()
                .filter(alias -> schema.getField(alias) == null && node.key(alias) != null)
                .findFirst()
                .map(node::key)
                .orElse(null);
    }

    private AvroStep map(Schema schema, PathNode node) {
        Map<String, AvroStep> values = new HashMap<>();
        node.keys().forEach(key -> values.put(key, step(schema.getValueType(), node.key(key))));
        AvroStep skipped = skips.of(schema.getValueType());
        return (in, to) -> {
            in.enter();
            for (long left = in.readBlock(false); left != 0; left = in.readBlock(false)) {
                for (; left != 0; left--) {
                    in.countFields(1);
                    String key = readKey(in, to);
                    AvroStep value = values.get(key);
                    if (value != null) {
                        // A repeated key replaces what the earlier one held.
                        node.key(key).forgetBelow(to.cells(), to.items());
                    }
                    (value == null ? skipped : value).read(in, to);
                }
            }
            in.leave();
        };
    }

    /** Reads the key of a map's entry. */
    static String readKey(AvroBytes in, AvroCells to) throws MalformedEventException {
        int length = in.readLength();
        return to.name(in.bytes(), in.take(length), length);
    }

    private AvroStep array(Schema schema, PathNode node) {
        Map<Integer, AvroStep> elements = new HashMap<>();
        node.indexes().forEach(index -> elements.put(index, step(schema.getElementType(), node.element(index))));
        AvroStep skipped = skips.of(schema.getElementType());
        boolean empty = skips.isEmpty(schema.getElementType());
        return (in, to) -> {
            in.enter();
            int index = 0;
            for (long left = in.readBlock(empty); left != 0; left = in.readBlock(empty)) {
                if (empty && left > Items.MAX_ITEMS - index) {
                    throw new MalformedEventException("more than " + Items.MAX_ITEMS + " items");
                }
                for (; left != 0; left--) {
                    elements.getOrDefault(index++, skipped).read(in, to);
                }
            }
            in.leave();
        };
    }

    /** Returns the step that reads the items of the next level from the value at a place. */
    private AvroStep opening(Schema schema, PathNode node) {
        int level = node.opens();
        Schema.Type type = schema.getType();
        boolean array = layout.opening(level).kind() == Opening.Kind.EACH;
        boolean text = type == Schema.Type.STRING || type == Schema.Type.BYTES && AvroScalar.isOpaque(schema);
        AvroStep store = node.slot() == Layout.NONE ? NOTHING : other(node.slot());
        if (array && type == Schema.Type.ARRAY) {
            return both(store, each(schema, node));
        }
        if (!array && text) {
            return both(store, unwrap(node));
        }
        Cells.Kind found = type == Schema.Type.NULL ? Cells.Kind.NULL : Cells.Kind.OTHER;
        return both((in, to) -> to.items().opened(level, found), stored(schema, node.slot()));
    }

    private AvroStep each(Schema schema, PathNode node) {
        int level = node.opens();
        AvroStep item = step(schema.getElementType(), node.item());
        boolean empty = skips.isEmpty(schema.getElementType());
        return (in, to) -> {
            Items items = to.items();
            Cells around = to.cells();
            items.opened(level, Cells.Kind.OPENED);
            in.enter();
            for (long left = in.readBlock(empty); left != 0; left = in.readBlock(empty)) {
                for (; left != 0; left--) {
                    to.enter(items.begin(level));
                    item.read(in, to);
                    items.end(level);
                }
            }
            in.leave();
            to.enter(around);
        };
    }

    private AvroStep unwrap(PathNode node) {
        int level = node.opens();
        return (in, to) -> {
            int length = in.readLength();
            int from = in.take(length);
            byte[] text = Arrays.copyOfRange(in.bytes(), from, from + length);
            Items items = to.items();
            items.opened(level, Cells.Kind.OPENED);
            Cells row = items.begin(level);
            int fields = wrapped.readWrapped(node.item(), text, items, row, level, in.depth(), in.fields());
            in.countFields(fields - in.fields());
            items.end(level);
        };
    }
}
