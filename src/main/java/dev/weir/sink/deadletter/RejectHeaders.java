package dev.weir.sink.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.core.model.Reject;
import java.util.Arrays;

/**
 * Holds the headers of one reject: always a reason and a detail, which may be empty, and a metric. It is empty if the
 * reject is of an item that has none, and left out if no reject of the dead letter has one. So the n-th headers of each
 * name belong together.
 */
final class RejectHeaders {
    static final int MAX_DETAIL_BYTES = 1024;
    private static final byte[] EMPTY = {};

    private final byte[] reason;
    private final byte[] metric;
    private byte[] detail;

    /** @param metrics whether any reject of the dead letter has a metric */
    RejectHeaders(Reject reject, boolean metrics) {
        reason = reject.reason().name().getBytes(UTF_8);
        detail = cut(reject.detail() == null ? "" : reject.detail(), MAX_DETAIL_BYTES);
        byte[] none = metrics ? EMPTY : null;
        metric = reject.metric() == null ? none : reject.metric().getBytes(UTF_8);
    }

    void emptyDetail() {
        detail = EMPTY;
    }

    int bytes() {
        return DeadLetterHeaders.bytes(DeadLetterHeaders.REASON, reason)
                + DeadLetterHeaders.bytes(DeadLetterHeaders.DETAIL, detail)
                + (metric == null ? 0 : DeadLetterHeaders.bytes(DeadLetterHeaders.METRIC, metric));
    }

    void addTo(DeadLetterHeaders headers) {
        headers.add(DeadLetterHeaders.REASON, reason);
        headers.add(DeadLetterHeaders.DETAIL, detail);
        if (metric != null) {
            headers.add(DeadLetterHeaders.METRIC, metric);
        }
    }

    /** Returns the longest prefix of {@code text} of at most that many bytes of UTF-8 that ends with a whole character. */
    static byte[] cut(String text, int maxBytes) {
        int chars = Math.min(text.length(), maxBytes); // A character takes at least one byte, so no more can fit.
        if (chars < text.length() && Character.isHighSurrogate(text.charAt(chars - 1))) {
            chars--;
        }
        byte[] utf8 = text.substring(0, chars).getBytes(UTF_8);
        if (utf8.length <= maxBytes) {
            return utf8;
        }
        int end = maxBytes;
        while ((utf8[end] & 0xC0) == 0x80) { // A byte of this form continues a character.
            end--;
        }
        return Arrays.copyOf(utf8, end);
    }
}
