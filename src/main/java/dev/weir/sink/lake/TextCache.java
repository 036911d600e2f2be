package dev.weir.sink.lake;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.parquet.io.api.Binary;

/** Encodes a text once for all files of a writer: sensors, metrics, units, sites and topics repeat. Not thread-safe. */
final class TextCache {
    /** The names of a large fleet in a few MiB; beyond it the cache starts anew. */
    private static final int MAX_TEXTS = 16_384;

    private final Map<String, Binary> cache = new HashMap<>();

    Binary encoded(String text) {
        Binary known = cache.get(text);
        if (known != null) {
            return known;
        }
        if (cache.size() >= MAX_TEXTS) {
            cache.clear();
        }
        Binary encoded = Binary.fromConstantByteArray(text.getBytes(StandardCharsets.UTF_8));
        cache.put(text, encoded);
        return encoded;
    }
}
