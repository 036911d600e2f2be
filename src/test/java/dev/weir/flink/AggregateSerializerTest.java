package dev.weir.flink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.core.model.Aggregate;
import dev.weir.core.model.SeriesKey;
import dev.weir.testing.PinnedRow;
import java.io.IOException;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class AggregateSerializerTest {
    private final AggregateSerializer serializer = new AggregateSerializer();

    /**
     * Pinned: two releases may meet on one exchange while a job is upgraded. Lengths and numbers are big-endian, -1 is
     * the length of null.
     */
    @Test
    void writesTheColumnsInTheirOrder() throws IOException {
        Aggregate row = PinnedRow.ROW;
        DataOutputSerializer out = new DataOutputSerializer(64);
        serializer.serialize(row, out);

        assertThat(HexFormat.of().formatHex(out.getCopyOfBuffer()))
                .isEqualTo("000000027331" + "0000000174" + "00000e10" + "00060a24181e4000" + "ffffffff" + "00000002c2b0"
                        + "000000000000012c"
                        + "3ff0000000000000" + "bff0000000000000" + "4000000000000000" + "3fe0000000000000"
                        + "01" + "3fd0000000000000"
                        + "3ff8000000000000" + "8000000000000000" + "0000000000000000"
                        + "00000007" + "01" + "01");
    }

    @Property
    void returnsWhatItWasGiven(
            @ForAll boolean partial, @ForAll boolean first, @ForAll boolean several, @ForAll double value)
            throws IOException {
        Aggregate row = Aggregate.builder()
                .series(new SeriesKey("s\u2603", "m"))
                .windowSeconds(60)
                .windowStartMicros(-60_000_000)
                .site(several ? null : "")
                .unit(several ? "Cel" : null)
                .count(several ? 2 : 1)
                .sum(value)
                .min(value + 1)
                .max(value + 2)
                .mean(value + 3)
                .stddev(several ? value : null)
                .firstValue(value + 4)
                .lastValue(value + 5)
                .flaggedCount(several ? 1 : 0)
                .generation(3)
                .partial(partial)
                .first(first)
                .build();
        DataOutputSerializer out = new DataOutputSerializer(64);
        serializer.serialize(row, out);
        DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());

        assertThat(serializer.deserialize(in)).isEqualTo(row);
        assertThat(in.available()).isZero();
    }
}
