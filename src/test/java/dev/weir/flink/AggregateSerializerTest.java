package dev.weir.flink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.core.model.Aggregate;
import dev.weir.core.model.SeriesKey;
import java.io.IOException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

class AggregateSerializerTest {
    private final AggregateSerializer serializer = new AggregateSerializer();

    @Property
    void returnsWhatItWasGiven(
            @ForAll boolean partial, @ForAll boolean first, @ForAll boolean several, @ForAll double value)
            throws IOException {
        Aggregate row = new Aggregate(
                new SeriesKey("s\u2603", "m"),
                60,
                -60_000_000,
                several ? null : "",
                several ? "Cel" : null,
                several ? 2 : 1,
                value,
                value + 1,
                value + 2,
                value + 3,
                several ? value : null,
                value + 4,
                value + 5,
                several ? 1 : 0,
                3,
                partial,
                first);
        DataOutputSerializer out = new DataOutputSerializer(64);
        serializer.serialize(row, out);
        DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());

        assertThat(serializer.deserialize(in)).isEqualTo(row);
        assertThat(in.available()).isZero();
    }
}
