package dev.weir.sink.lake;

import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;

/**
 * Writes the columns of a row one after the other, left to right, without naming them again.
 *
 * <p>Not thread-safe; one per open file.
 */
final class ColumnWriter {
    private final RecordConsumer consumer;
    private final String[] names;
    private final TextCache texts;
    private int column;

    ColumnWriter(RecordConsumer consumer, MessageType schema, TextCache texts) {
        this.consumer = consumer;
        this.texts = texts;
        this.names = schema.getFields().stream().map(field -> field.getName()).toArray(String[]::new);
    }

    void startRow() {
        column = 0;
        consumer.startMessage();
    }

    /** @throws IllegalStateException when the table has written fewer columns than its schema has */
    void endRow() {
        if (column != names.length) {
            throw new IllegalStateException("wrote " + column + " of " + names.length + " columns");
        }
        consumer.endMessage();
    }

    ColumnWriter int32(int value) {
        start();
        consumer.addInteger(value);
        return end();
    }

    ColumnWriter int64(long value) {
        start();
        consumer.addLong(value);
        return end();
    }

    ColumnWriter float64(double value) {
        start();
        consumer.addDouble(value);
        return end();
    }

    ColumnWriter bool(boolean value) {
        start();
        consumer.addBoolean(value);
        return end();
    }

    ColumnWriter text(String value) {
        start();
        consumer.addBinary(texts.encoded(value));
        return end();
    }

    ColumnWriter optionalText(String value) {
        return value == null ? skip() : text(value);
    }

    ColumnWriter optionalFloat64(Double value) {
        return value == null ? skip() : float64(value);
    }

    private ColumnWriter skip() {
        column++;
        return this;
    }

    private void start() {
        consumer.startField(names[column], column);
    }

    private ColumnWriter end() {
        consumer.endField(names[column], column);
        column++;
        return this;
    }
}
