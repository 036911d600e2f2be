package dev.weir.flink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.core.model.Origin;
import dev.weir.core.model.SeriesKey;
import java.io.IOException;
import java.util.HexFormat;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

/** Pinned: two releases may meet on one exchange while a job is upgraded. */
class WireTest {
    private final DataOutputSerializer out = new DataOutputSerializer(64);

    @Test
    void anOriginIsTopicPartitionOffsetAndTime() throws IOException {
        Origin origin = new Origin("t", 2, 3, 4);
        Wire.writeOrigin(origin, out);
        assertThat(hex()).isEqualTo("0000000174" + "00000002" + "0000000000000003" + "0000000000000004");
        assertThat(Wire.readOrigin(in())).isEqualTo(origin);
    }

    @Test
    void theOriginOfARowOfAFileEndsWithFileAndRow() throws IOException {
        for (int partition : new int[] {0, 2}) {
            out.clear();
            Origin origin = new Origin("t", partition, 3, 4, "f", 5);
            Wire.writeOrigin(origin, out);
            assertThat(hex())
                    .isEqualTo("0000000174" + (partition == 0 ? "ffffffff" : "fffffffd") + "0000000000000003"
                            + "0000000000000004" + "0000000166" + "0000000000000005");
            assertThat(Wire.readOrigin(in())).isEqualTo(origin);
        }
    }

    @Test
    void aSeriesIsItsTwoNames() throws IOException {
        SeriesKey series = new SeriesKey("s", "\u00e9");
        Wire.writeSeries(series, out);
        assertThat(hex()).isEqualTo("0000000173" + "00000002c3a9");
        assertThat(Wire.readSeries(in())).isEqualTo(series);
    }

    @Test
    void nothingIsNotEmpty() throws IOException {
        Wire.writeText(null, out);
        Wire.writeText("", out);
        Wire.writeBytes(null, out);
        Wire.writeBytes(new byte[0], out);
        assertThat(hex()).isEqualTo("ffffffff" + "00000000" + "ffffffff" + "00000000");
        DataInputDeserializer in = in();
        assertThat(Wire.readText(in)).isNull();
        assertThat(Wire.readText(in)).isEmpty();
        assertThat(Wire.readBytes(in)).isNull();
        assertThat(Wire.readBytes(in)).isEmpty();
    }

    private String hex() {
        return HexFormat.of().formatHex(out.getCopyOfBuffer());
    }

    private DataInputDeserializer in() {
        return new DataInputDeserializer(out.getCopyOfBuffer());
    }
}
