package dev.weir.sink.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.core.model.Aggregate;
import dev.weir.core.model.SeriesKey;
import java.io.IOException;
import java.util.HexFormat;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class AggregateCodecTest {
    private static final Aggregate KNOWN = new Aggregate(
            new SeriesKey("s1", "t"),
            3600,
            1_700_000_000_000_000L,
            null,
            "°",
            300,
            1.0,
            -1.0,
            2.0,
            0.5,
            0.25,
            1.5,
            -0.0,
            0,
            7,
            true,
            false);

    /** Pinned: checkpoints of every release that writes version 1 hold these bytes. */
    private static final String KNOWN_BYTES = "037331" + "0274" + "901c" + "00060a24181e4000" + "00" + "03c2b0" + "ac02"
            + "3ff0000000000000" + "bff0000000000000" + "4000000000000000" + "3fe0000000000000" + "03"
            + "3fd0000000000000"
            + "3ff8000000000000" + "8000000000000000" + "00" + "07";

    @Test
    void writesTheBytesOfVersionOne() throws IOException {
        assertThat(AggregateCodec.VERSION).isEqualTo(1);
        assertThat(HexFormat.of().formatHex(encode(KNOWN))).isEqualTo(KNOWN_BYTES);
    }

    @Test
    void readsTheBytesOfVersionOne() throws IOException {
        assertThat(AggregateCodec.read(new DataInputDeserializer(HexFormat.of().parseHex(KNOWN_BYTES))))
                .isEqualTo(KNOWN);
    }

    /** A release that does not know the flag passes over it. */
    @Test
    void saysInAFlagOfVersionOneThatARowIsTheFirstOfItsWindow() throws IOException {
        String bytes = KNOWN_BYTES.replace("3fe000000000000003", "3fe000000000000007");
        Aggregate first =
                AggregateCodec.read(new DataInputDeserializer(HexFormat.of().parseHex(bytes)));
        assertThat(first.first()).isTrue();
        assertThat(HexFormat.of().formatHex(encode(first))).isEqualTo(bytes);
    }

    @Property
    void returnsWhatItWasGiven(
            @ForAll @IntRange(min = 1) int windowSeconds,
            @ForAll long start,
            @ForAll @LongRange(min = 1) long count,
            @ForAll double value,
            @ForAll @IntRange int generation,
            @ForAll boolean partial,
            @ForAll boolean first)
            throws IOException {
        Aggregate row = new Aggregate(
                new SeriesKey("sensor \u2603 \ud83c\udf21", "m"),
                windowSeconds,
                start,
                partial ? null : "",
                "Cel",
                count,
                value,
                value,
                value,
                value,
                count == 1 ? null : value,
                value,
                value,
                count,
                generation,
                partial,
                first);

        byte[] bytes = encode(row);
        DataInputDeserializer in = new DataInputDeserializer(bytes);

        assertThat(AggregateCodec.read(in)).isEqualTo(row);
        assertThat(in.available()).isZero();
    }

    @Property
    void returnsTextsAsPostgresCanHoldThem(@ForAll("texts") String sensor, @ForAll("texts") String site)
            throws IOException {
        Aggregate read = AggregateCodec.read(new DataInputDeserializer(encode(withTexts(sensor, site))));

        assertThat(read).isEqualTo(withTexts(AggregateUpsert.text(sensor), AggregateUpsert.text(site)));
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of(
                        "\0", "\u0001", "a", "\u007f", "\u0080", "\u00ff", "\u2603", "\ud83c\udf21", "\ud83c", "\udf21")
                .list()
                .ofMaxSize(4)
                .map(letters -> String.join("", letters));
    }

    private static Aggregate withTexts(String sensor, String site) {
        return new Aggregate(
                new SeriesKey(sensor, "m"), 60, 0, site, null, 1, 1, 1, 1, 1, null, 1, 1, 0, 1, false, false);
    }

    private static byte[] encode(Aggregate row) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        AggregateCodec.write(row, out);
        return out.getCopyOfBuffer();
    }
}
