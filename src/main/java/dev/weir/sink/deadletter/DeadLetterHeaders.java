package dev.weir.sink.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;

/** Collects the headers of one dead letter, and counts their size. */
final class DeadLetterHeaders {
    static final String REASON = "weir.reason";
    static final String DETAIL = "weir.detail";
    static final String METRIC = "weir.metric";
    static final String ORIGIN = "weir.origin";
    static final String FILE = "weir.file";
    static final String ROW = "weir.row";
    static final String PIPELINE = "weir.pipeline";
    static final String GENERATION = "weir.generation";
    static final String PAYLOAD = "weir.payload";
    static final String TRUNCATED = "weir.truncated";

    /** The bytes of the two lengths that Kafka writes, at most 5 bytes each. */
    private static final int OVERHEAD_BYTES = 10;

    private final List<String> names = new ArrayList<>();
    private final List<byte[]> values = new ArrayList<>();
    private int bytes;

    void add(String name, String value) {
        add(name, value.getBytes(UTF_8));
    }

    void add(String name, byte[] value) {
        names.add(name);
        values.add(value);
        bytes += bytes(name, value);
    }

    void addAll(DeadLetterHeaders others) {
        names.addAll(others.names);
        values.addAll(others.values);
        bytes += others.bytes;
    }

    /** Returns an upper bound of the bytes that the headers take in the record. */
    int bytes() {
        return bytes;
    }

    /** Returns an upper bound of the bytes that one header takes in a record. */
    static int bytes(String name, byte[] value) {
        return name.length() + value.length + OVERHEAD_BYTES; // The names are ASCII.
    }

    DeadLetterRecord record(byte[] key, byte[] value) {
        return new DeadLetterRecord(key, value, names.toArray(String[]::new), values.toArray(byte[][]::new));
    }
}
