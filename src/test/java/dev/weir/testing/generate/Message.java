package dev.weir.testing.generate;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a device sends, before it is written in the input's layout. A field is a text, a number, a truth value, {@link #RAW} JSON, null for
 * JSON's null (an empty text in CSV), or {@link #ABSENT}.
 */
final class Message {
    static final Object ABSENT = new Object();

    /** Goes into JSON as it is, for what no JSON writer writes. */
    record RAW(String token) {}

    /** Bytes that stand for the whole message; only with {@link #replaced}. */
    byte[] bytes;

    boolean replaced;

    Object sensor;
    Object site = ABSENT;

    /** A {@link Long} is epoch milliseconds, and written in the input's first or last format; all else goes in as it is. */
    Object time;

    /** Long layout. */
    Object metric = ABSENT;

    Object unit = ABSENT;

    /** Values by metric; the long layout has one. */
    final Map<String, Object> values = new LinkedHashMap<>();

    /** The record's timestamp, epoch milliseconds. */
    long arrivalMillis;

    Message copy() {
        Message copy = new Message();
        copy.bytes = bytes;
        copy.replaced = replaced;
        copy.sensor = sensor;
        copy.site = site;
        copy.time = time;
        copy.metric = metric;
        copy.unit = unit;
        copy.values.putAll(values);
        copy.arrivalMillis = arrivalMillis;
        return copy;
    }
}
