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
    private static final Aggregate KNOWN = Aggregate.builder()
            .series(new SeriesKey("s1", "t"))
            .windowSeconds(3600)
            .windowStartMicros(1_700_000_000_000_000L)
            .unit("°")
            .count(300)
            .sum(1.0)
            .min(-1.0)
            .max(2.0)
            .mean(0.5)
            .stddev(0.25)
            .firstValue(1.5)
            .lastValue(-0.0)
            .generation(7)
            .partial(true)
            .build();

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

    /** With and without the texts and the deviation that are skipped. */
    @Test
    void readsTheRankAlone() throws IOException {
        DataInputDeserializer in = new DataInputDeserializer(HexFormat.of().parseHex(KNOWN_BYTES));
        assertThat(AggregateCodec.readRank(in)).isEqualTo(new AggregateOrder.Rank(true, 7, 300));
        assertThat(in.available()).isZero();
        in = new DataInputDeserializer(encode(withTexts("s", "roof")));
        assertThat(AggregateCodec.readRank(in)).isEqualTo(new AggregateOrder.Rank(false, 1, 1));
        assertThat(in.available()).isZero();
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
        Aggregate row = Aggregate.builder()
                .series(new SeriesKey("sensor \u2603 \ud83c\udf21", "m"))
                .windowSeconds(windowSeconds)
                .windowStartMicros(start)
                .site(partial ? null : "")
                .unit("Cel")
                .count(count)
                .sum(value)
                .min(value)
                .max(value)
                .mean(value)
                .stddev(count == 1 ? null : value)
                .firstValue(value)
                .lastValue(value)
                .flaggedCount(count)
                .generation(generation)
                .partial(partial)
                .first(first)
                .build();

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
        return Aggregate.builder()
                .series(new SeriesKey(sensor, "m"))
                .windowSeconds(60)
                .windowStartMicros(0)
                .site(site)
                .count(1)
                .sum(1)
                .min(1)
                .max(1)
                .mean(1)
                .firstValue(1)
                .lastValue(1)
                .generation(1)
                .build();
    }

    private static byte[] encode(Aggregate row) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        AggregateCodec.write(row, out);
        return out.getCopyOfBuffer();
    }
}
