package dev.weir.files;

import dev.weir.core.model.Event;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * A window of a stream's bytes in which rows are found: those of the row that has begun, and what was read behind them. It grows with the
 * row, up to a little more than an event may have.
 */
final class ByteFeed implements AutoCloseable {
    static final int LIMIT = Event.MAX_BYTES + 1;
    private static final int CHUNK = 64 * 1024;

    private final InputStream in;
    /** The row begins at {@code start}; what is not scanned yet reaches from {@code at} to {@code end}. */
    byte[] bytes = new byte[2 * CHUNK];

    int start;
    int at;
    int end;
    private boolean over;

    ByteFeed(InputStream in) throws IOException {
        this.in = in;
        boolean begun = true;
        while (end < 3 && begun) {
            begun = more();
        }
        if (end >= 3 && (bytes[0] & 0xFF) == 0xEF && (bytes[1] & 0xFF) == 0xBB && (bytes[2] & 0xFF) == 0xBF) {
            at = 3;
            start = 3;
        }
    }

    /** Reads more bytes behind {@code end}, and may move the row to the beginning of the array. Returns false at the end of the stream. */
    boolean more() throws IOException {
        if (over) {
            return false;
        }
        if (end + CHUNK > bytes.length) {
            makeRoom();
        }
        int got = in.read(bytes, end, CHUNK);
        over = got < 0;
        end += Math.max(0, got);
        return !over;
    }

    private void makeRoom() {
        int kept = end - start;
        int needed = kept + CHUNK;
        byte[] to = bytes;
        if (needed > bytes.length) {
            to = new byte[Math.max(needed, 2 * kept)];
        } else if (bytes.length > 8 * CHUNK && needed < 2 * CHUNK) {
            to = new byte[2 * CHUNK];
        }
        System.arraycopy(bytes, start, to, 0, kept);
        bytes = to;
        at -= start;
        end = kept;
        start = 0;
    }

    /** Returns whether the stream ends at {@code end}. */
    boolean isOver() {
        return over;
    }

    /** Returns whether the row that has begun is longer than an event may be. */
    boolean isTooLong() {
        return at - start >= LIMIT;
    }

    /** Returns a copy of the bytes from the row's start, to {@code to}, but no more than the limit. */
    byte[] row(int to) {
        return Arrays.copyOfRange(bytes, start, Math.min(to, start + LIMIT));
    }

    @Override
    public void close() {
        StoredFile.closeQuietly(in);
    }
}
