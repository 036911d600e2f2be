package dev.weir.sink.lake;

import dev.weir.core.model.Column;
import java.util.List;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;

/** Maps the columns of a table to Parquet's types. */
final class ParquetSchema {
    private ParquetSchema() {}

    static MessageType of(String rowName, List<Column> columns) {
        return new MessageType(
                rowName, columns.stream().map(ParquetSchema::type).toArray(Type[]::new));
    }

    private static PrimitiveType type(Column column) {
        Repetition repetition = column.nullable() ? Repetition.OPTIONAL : Repetition.REQUIRED;
        LogicalTypeAnnotation meaning =
                switch (column.type()) {
                    case TEXT -> LogicalTypeAnnotation.stringType();
                    // Adjusted to UTC means an instant, not a local time.
                    case TIMESTAMP -> LogicalTypeAnnotation.timestampType(true, TimeUnit.MICROS);
                    case INT32, INT64, FLOAT64, BOOL -> null;
                };
        return Types.primitive(physical(column.type()), repetition).as(meaning).named(column.name());
    }

    private static PrimitiveTypeName physical(Column.Type type) {
        return switch (type) {
            case TEXT -> PrimitiveTypeName.BINARY;
            case INT32 -> PrimitiveTypeName.INT32;
            case INT64, TIMESTAMP -> PrimitiveTypeName.INT64;
            case FLOAT64 -> PrimitiveTypeName.DOUBLE;
            case BOOL -> PrimitiveTypeName.BOOLEAN;
        };
    }
}
