package dev.weir.files;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Decompresses gzip files of one or more members (RFC 1952).
 *
 * <p>Not Java's own stream, which takes a damaged member behind the first for the end of the file, and not that of Commons Compress, which
 * loses what it has decompressed in the call that meets the damage: this one returns every byte before the damage first.
 */
final class GzipStream extends BlockStream {
    private static final int DEFLATE = 8;
    private static final int HEADER_CRC = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;
    private static final int RESERVED = 0xE0;

    private final InputStream in;
    private final byte[] buffer = new byte[64 * 1024];
    private int at;
    private int end;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();
    private boolean over;
    /** What the next call throws. */
    private IOException failure;

    /** @throws IOException if the stream does not begin with a member */
    GzipStream(InputStream in) throws IOException {
        this.in = in;
        try {
            readHeader(next());
        } catch (IOException e) {
            inflater.end();
            throw e;
        }
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (failure != null) {
            throw failure;
        }
        while (!over && length > 0) {
            int got = inflate(into, offset, length);
            if (got > 0) {
                crc.update(into, offset, got);
                return got;
            }
            if (inflater.finished()) {
                endMember();
            } else if (inflater.needsDictionary()) {
                throw new IOException("a member needs a dictionary");
            } else if (inflater.needsInput()) {
                fill();
                inflater.setInput(buffer, at, end - at);
            }
        }
        return length == 0 ? 0 : -1;
    }

    private int inflate(byte[] into, int offset, int length) throws IOException {
        long before = inflater.getBytesWritten();
        try {
            return inflater.inflate(into, offset, length);
        } catch (DataFormatException e) {
            failure = new IOException("the compressed data are corrupt: " + e.getMessage(), e);
            int got = (int) (inflater.getBytesWritten() - before);
            if (got == 0) {
                throw failure;
            }
            return got;
        }
    }

    private void endMember() throws IOException {
        at = end - inflater.getRemaining();
        if (fourBytes() != crc.getValue()) {
            throw new IOException("a member's checksum is wrong");
        }
        if (fourBytes() != (inflater.getBytesWritten() & 0xFFFF_FFFFL)) {
            throw new IOException("a member's length is wrong");
        }
        int first = nextOrEnd();
        while (first == 0) {
            // Tapes and some disks fill up their blocks.
            first = nextOrEnd();
        }
        if (first < 0) {
            over = true;
            return;
        }
        readHeader(first);
    }

    private void readHeader(int first) throws IOException {
        if (first != 0x1F || next() != 0x8B) {
            throw new IOException("no gzip member");
        }
        if (next() != DEFLATE) {
            throw new IOException("a member's compression method is unknown");
        }
        int flags = next();
        if ((flags & RESERVED) != 0) {
            throw new IOException("a member's header has unknown flags");
        }
        skip(6);
        if ((flags & EXTRA) != 0) {
            skip(next() | next() << 8);
        }
        if ((flags & NAME) != 0) {
            skipText();
        }
        if ((flags & COMMENT) != 0) {
            skipText();
        }
        if ((flags & HEADER_CRC) != 0) {
            skip(2);
        }
        inflater.reset();
        inflater.setInput(buffer, at, end - at);
        crc.reset();
    }

    private void skip(int bytes) throws IOException {
        for (int i = 0; i < bytes; i++) {
            next();
        }
    }

    private void skipText() throws IOException {
        while (next() != 0) {
            // The name of the file that was compressed, or a comment.
        }
    }

    private long fourBytes() throws IOException {
        return next() | next() << 8 | next() << 16 | (long) next() << 24;
    }

    private int next() throws IOException {
        int next = nextOrEnd();
        if (next < 0) {
            throw cut();
        }
        return next;
    }

    private int nextOrEnd() throws IOException {
        while (at == end) {
            at = 0;
            end = Math.max(0, in.read(buffer, 0, buffer.length));
            if (end == 0) {
                return -1;
            }
        }
        return buffer[at++] & 0xFF;
    }

    private void fill() throws IOException {
        at = 0;
        end = Math.max(0, in.read(buffer, 0, buffer.length));
        if (end == 0) {
            throw cut();
        }
    }

    private static EOFException cut() {
        return new EOFException("the compressed data end too early");
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        in.close();
    }
}
