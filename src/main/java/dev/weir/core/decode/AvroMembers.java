package dev.weir.core.decode;

import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/**
 * Compiles the reading of an object whose members are readings: records and maps, and those in them. Mapped members, arrays, and bytes that
 * mean nothing are no readings. Not thread-safe.
 */
final class AvroMembers {
    private final AvroCompiler compiler;
    private final Members members = new Members();
    /** By schema, then by place: a schema in itself comes again while nothing is mapped any more. */
    private final Map<Schema, Map<PathNode, ObjectMembers>> known = new IdentityHashMap<>();

    AvroMembers(AvroCompiler compiler) {
        this.compiler = compiler;
    }

    /** Reads a value. */
    @FunctionalInterface
    private interface Member {
        /** @param name of the reading, or of the object without the point behind it */
        void read(AvroBytes in, AvroCells to, String name) throws MalformedEventException;
    }

    /** Reads the members of an object. */
    @FunctionalInterface
    private interface ObjectMembers {
        /**
         * @param object number of the object
         * @param prefix of the members' names
         */
        void read(AvroBytes in, AvroCells to, int object, String prefix) throws MalformedEventException;
    }

    /** Returns the step that reads the members of a record or map. */
    AvroStep of(Schema schema, PathNode node) {
        ObjectMembers object = object(schema, node);
        return (in, to) -> {
            object.read(in, to, members.start(), "");
            members.end(to.cells());
        };
    }

    private Member member(Schema schema, PathNode node) {
        if (node != null && node.slot() != Layout.NONE) {
            AvroStep mapped = compiler.step(schema, node);
            return (in, to, name) -> mapped.read(in, to);
        }
        return switch (schema.getType()) {
            case UNION -> {
                Member[] branches = schema.getTypes().stream()
                        .map(branch -> member(branch, node))
                        .toArray(Member[]::new);
                yield (in, to, name) -> branches[in.readIndex(branches.length, "branch")].read(in, to, name);
            }
            case RECORD, MAP -> {
                ObjectMembers object = object(schema, node);
                yield (in, to, name) -> object.read(in, to, members.newObject(), Members.name(name, "."));
            }
            case ARRAY -> {
                AvroStep array = compiler.step(schema, node);
                yield (in, to, name) -> array.read(in, to);
            }
            default -> scalar(schema);
        };
    }

    private Member scalar(Schema schema) {
        if (AvroScalar.isOpaque(schema)) {
            AvroStep skipped = compiler.step(schema, null);
            return (in, to, name) -> skipped.read(in, to);
        }
        AvroScalar scalar = AvroScalar.of(schema, false);
        return (in, to, name) -> scalar.store(in, to, to.cells().addMember(name));
    }

    private ObjectMembers object(Schema schema, PathNode node) {
        Map<PathNode, ObjectMembers> places = known.computeIfAbsent(schema, unused -> new HashMap<>());
        ObjectMembers object = places.get(node);
        if (object == null) {
            places.put(node, (in, to, number, prefix) -> places.get(node).read(in, to, number, prefix));
            object = schema.getType() == Schema.Type.MAP ? map(schema, node) : record(schema, node);
            places.put(node, object);
        }
        return object;
    }

    private ObjectMembers record(Schema schema, PathNode node) {
        List<Schema.Field> fields = schema.getFields();
        Member[] values = fields.stream()
                .map(field -> member(field.schema(), node == null ? null : AvroCompiler.place(schema, field, node)))
                .toArray(Member[]::new);
        String[] keys = fields.stream().map(Schema.Field::name).toArray(String[]::new);
        String dotted =
                Arrays.stream(keys).filter(key -> key.contains(".")).findFirst().orElse("");
        FullNames names = new FullNames(keys);
        return (in, to, number, prefix) -> {
            in.enter();
            in.countFields(values.length);
            String[] full = names.behind(prefix);
            members.note(dotted);
            for (int i = 0; i < values.length; i++) {
                values[i].read(in, to, full[i]);
            }
            in.leave();
        };
    }

    /** The names of a record's members. They are mostly the same for all events. */
    private static final class FullNames {
        private final String[] keys;
        private String lastPrefix = "";
        private String[] last;

        FullNames(String[] keys) {
            this.keys = keys;
            this.last = keys;
        }

        String[] behind(String prefix) {
            if (!prefix.equals(lastPrefix)) {
                last = Arrays.stream(keys).map(key -> Members.name(prefix, key)).toArray(String[]::new);
                lastPrefix = prefix;
            }
            return last;
        }
    }

    private ObjectMembers map(Schema schema, PathNode node) {
        Map<String, Member> mapped = new HashMap<>();
        if (node != null) {
            node.keys().forEach(key -> mapped.put(key, member(schema.getValueType(), node.key(key))));
        }
        Member other = member(schema.getValueType(), null);
        return (in, to, number, prefix) -> {
            in.enter();
            for (long left = in.readBlock(false); left != 0; left = in.readBlock(false)) {
                for (; left != 0; left--) {
                    in.countFields(1);
                    String key = AvroCompiler.readKey(in, to);
                    members.note(key);
                    int from = to.cells().members();
                    Member member = mapped.get(key);
                    if (member != null) {
                        // A repeated key replaces what the earlier one held.
                        node.key(key).forgetBelow(to.cells(), to.items());
                    }
                    (member == null ? other : member)
                            .read(in, to, prefix.isEmpty() ? key : to.name(Members.name(prefix, key)));
                    members.replace(to.cells(), number, key, from);
                }
            }
            in.leave();
        };
    }
}
