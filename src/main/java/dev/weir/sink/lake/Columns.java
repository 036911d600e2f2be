package dev.weir.sink.lake;

import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;

/** The column types that the lake uses. Required unless the name says optional. */
final class Columns {
    private Columns() {}

    static PrimitiveType int32(String name) {
        return new PrimitiveType(Repetition.REQUIRED, PrimitiveTypeName.INT32, name);
    }

    static PrimitiveType int64(String name) {
        return new PrimitiveType(Repetition.REQUIRED, PrimitiveTypeName.INT64, name);
    }

    static PrimitiveType float64(String name) {
        return new PrimitiveType(Repetition.REQUIRED, PrimitiveTypeName.DOUBLE, name);
    }

    static PrimitiveType optionalFloat64(String name) {
        return new PrimitiveType(Repetition.OPTIONAL, PrimitiveTypeName.DOUBLE, name);
    }

    static PrimitiveType bool(String name) {
        return new PrimitiveType(Repetition.REQUIRED, PrimitiveTypeName.BOOLEAN, name);
    }

    static PrimitiveType text(String name) {
        return text(Repetition.REQUIRED, name);
    }

    static PrimitiveType optionalText(String name) {
        return text(Repetition.OPTIONAL, name);
    }

    /** Epoch microseconds, adjusted to UTC: an instant, not a local time. */
    static PrimitiveType timestamp(String name) {
        return Types.required(PrimitiveTypeName.INT64)
                .as(LogicalTypeAnnotation.timestampType(true, TimeUnit.MICROS))
                .named(name);
    }

    private static PrimitiveType text(Repetition repetition, String name) {
        return Types.primitive(PrimitiveTypeName.BINARY, repetition)
                .as(LogicalTypeAnnotation.stringType())
                .named(name);
    }
}
