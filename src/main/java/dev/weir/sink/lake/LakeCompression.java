package dev.weir.sink.lake;

import java.util.Collections;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** The Parquet codecs that {@code weir.lake.compression} can name, in lower case. */
enum LakeCompression {
    UNCOMPRESSED(CompressionCodecName.UNCOMPRESSED),
    SNAPPY(CompressionCodecName.SNAPPY),
    GZIP(CompressionCodecName.GZIP),
    ZSTD(CompressionCodecName.ZSTD),
    LZ4_RAW(CompressionCodecName.LZ4_RAW);

    private final CompressionCodecName codec;

    LakeCompression(CompressionCodecName codec) {
        this.codec = codec;
    }

    CompressionCodecName codec() {
        return codec;
    }

    static Set<String> supported() {
        Set<String> names = new TreeSet<>();
        for (LakeCompression value : values()) {
            names.add(value.name().toLowerCase(Locale.ROOT));
        }
        return Collections.unmodifiableSet(names);
    }

    /** @throws IllegalArgumentException for a name that is not {@link #supported()} */
    static LakeCompression of(String name) {
        if (!supported().contains(name)) {
            throw new IllegalArgumentException(
                    "weir.lake.compression must be one of " + String.join(", ", supported()) + ", got " + name);
        }
        return valueOf(name.toUpperCase(Locale.ROOT));
    }
}
