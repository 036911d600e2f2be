package dev.weir.files;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import dev.weir.core.catalog.Files.Compression;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;

/** Decompresses files by their suffix. Members and frames may be concatenated. */
final class Decompression {
    private Decompression() {}

    /**
     * Returns the decompressed bytes of a file that has some.
     *
     * @throws IOException if they do not begin as the suffix says
     */
    static InputStream of(InputStream stored, String uri, Compression compression) throws IOException {
        String name = uri.toLowerCase(Locale.ROOT);
        if (compression == Compression.NONE) {
            return stored;
        }
        if (name.endsWith(".gz")) {
            return new GzipStream(stored);
        }
        if (name.endsWith(".zst")) {
            return new ZstdInputStreamNoFinalizer(stored);
        }
        if (name.endsWith(".bz2")) {
            return new Bzip2Stream(stored);
        }
        return stored;
    }
}
