package dev.weir.files;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;

/** Decompresses bzip2 files of one or more streams. Returns every byte before a damage first, which the library loses. */
final class Bzip2Stream extends InputStream {
    private final InputStream in;
    /** What the next call throws. */
    private IOException failure;

    Bzip2Stream(InputStream stored) throws IOException {
        in = new BZip2CompressorInputStream(new BufferedInputStream(stored, 64 * 1024), true);
    }

    @Override
    public int read() throws IOException {
        return in.read();
    }

    /** The library, too, decompresses byte by byte. */
    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (failure != null) {
            throw failure;
        }
        int at = 0;
        try {
            for (; at < length; at++) {
                int next = in.read();
                if (next < 0) {
                    return at == 0 ? -1 : at;
                }
                into[offset + at] = (byte) next;
            }
        } catch (IOException e) {
            failure = e;
            if (at == 0) {
                throw e;
            }
        }
        return at;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
