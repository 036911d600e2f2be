package dev.weir.core.decode;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/** Compiles what is skipped, each schema once, because a schema may contain itself. Not thread-safe. */
final class AvroSkips {
    private final Map<Schema, AvroStep> known = new IdentityHashMap<>();
    private final Map<Schema, Boolean> empty = new IdentityHashMap<>();

    AvroStep of(Schema schema) {
        AvroStep step = known.get(schema);
        if (step == null) {
            // A schema in itself comes here again before its step is there.
            known.put(schema, (in, to) -> known.get(schema).read(in, to));
            step = compile(schema);
            known.put(schema, step);
        }
        return step;
    }

    private AvroStep compile(Schema schema) {
        return switch (schema.getType()) {
            case NULL -> AvroCompiler.NOTHING;
            case BOOLEAN -> (in, to) -> in.readBoolean();
            case INT -> (in, to) -> in.readInt();
            case LONG -> (in, to) -> in.readLong();
            case FLOAT -> (in, to) -> in.take(Float.BYTES);
            case DOUBLE -> (in, to) -> in.take(Double.BYTES);
            case STRING, BYTES -> (in, to) -> in.take(in.readLength());
            case FIXED -> {
                int size = schema.getFixedSize();
                yield (in, to) -> in.take(size);
            }
            case ENUM -> {
                int symbols = schema.getEnumSymbols().size();
                yield (in, to) -> in.readIndex(symbols, "symbol");
            }
            case UNION -> AvroCompiler.union(all(schema.getTypes()));
            case RECORD ->
                AvroCompiler.record(all(
                        schema.getFields().stream().map(Schema.Field::schema).toList()));
            case ARRAY -> elements(of(schema.getElementType()), isEmpty(schema.getElementType()), false);
            case MAP -> elements(of(schema.getValueType()), false, true);
        };
    }

    private AvroStep[] all(List<Schema> schemas) {
        return schemas.stream().map(this::of).toArray(AvroStep[]::new);
    }

    private static AvroStep elements(AvroStep element, boolean empty, boolean keys) {
        return (in, to) -> {
            in.enter();
            for (long left = in.readBlock(empty); left != 0; left = in.readBlock(empty)) {
                for (; left != 0 && !empty; left--) {
                    if (keys) {
                        in.countFields(1);
                        in.take(in.readLength());
                    }
                    element.read(in, to);
                }
            }
            in.leave();
        };
    }

    /** Returns whether values of the schema take no bytes. */
    boolean isEmpty(Schema schema) {
        Boolean answer = empty.get(schema);
        if (answer == null) {
            empty.put(schema, false); // a record in itself has no end
            answer = switch (schema.getType()) {
                case NULL -> true;
                case FIXED -> schema.getFixedSize() == 0;
                case RECORD -> schema.getFields().stream().allMatch(field -> isEmpty(field.schema()));
                default -> false;
            };
            empty.put(schema, answer);
        }
        return answer;
    }
}
