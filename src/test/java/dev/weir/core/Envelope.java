package dev.weir.core;

import dev.weir.config.WeirConfig;
import dev.weir.core.catalog.FieldSource;
import dev.weir.core.model.Event;
import dev.weir.core.model.Origin;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * An event as bytes for a fuzzer. Where the catalog looks at nothing but the value, they are the value. Otherwise before it stand a byte
 * for the topic, and for the key and each header that the catalog names a byte with its length and its bytes; 255 is the length of none.
 */
final class Envelope {
    private static final int NONE = 255;

    private final List<String> topics;
    private final List<String> headers;
    private final boolean wraps;

    Envelope(WeirConfig config) {
        topics = config.kafka().topics();
        headers = List.copyOf(new TreeSet<>(config.catalog().headers()));
        boolean keys = config.catalog().inputs().stream()
                .flatMap(input -> input.sources().stream())
                .anyMatch(FieldSource.Key.class::isInstance);
        wraps = keys || topics.size() > 1 || !headers.isEmpty();
    }

    byte[] of(Event event) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        if (wraps) {
            bytes.write(topics.indexOf(event.origin().topic()));
            put(bytes, event.key());
            headers.forEach(name -> put(bytes, event.header(name)));
        }
        bytes.writeBytes(event.value());
        return bytes.toByteArray();
    }

    private static void put(ByteArrayOutputStream bytes, byte[] text) {
        boolean none = text == null || text.length >= NONE;
        bytes.write(none ? NONE : text.length);
        bytes.writeBytes(none ? new byte[0] : text);
    }

    Event event(byte[] bytes, long timestampMillis) {
        if (!wraps) {
            return new Event(new Origin(topics.get(0), 0, 0, timestampMillis), null, bytes);
        }
        int topic = bytes.length == 0 ? 0 : Byte.toUnsignedInt(bytes[0]) % topics.size();
        int at = Math.min(1, bytes.length);
        List<byte[]> texts = new ArrayList<>();
        for (int i = 0; i <= headers.size(); i++) {
            int length = at < bytes.length ? Byte.toUnsignedInt(bytes[at]) : NONE;
            int begin = Math.min(at + 1, bytes.length);
            at = length == NONE ? begin : Math.min(begin + length, bytes.length);
            texts.add(length == NONE ? null : Arrays.copyOfRange(bytes, begin, at));
        }
        List<Event.Header> found = new ArrayList<>();
        for (int i = 0; i < headers.size(); i++) {
            if (texts.get(i + 1) != null) {
                found.add(new Event.Header(headers.get(i), texts.get(i + 1)));
            }
        }
        Origin origin = new Origin(topics.get(topic), 0, 0, timestampMillis);
        return new Event(origin, texts.get(0), Arrays.copyOfRange(bytes, at, bytes.length), found);
    }
}
