package dev.weir.sink.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.core.model.Aggregate;
import dev.weir.core.model.AggregateColumns;
import dev.weir.core.model.SeriesKey;
import dev.weir.testing.PinnedRow;
import java.io.IOException;
import java.util.HexFormat;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

/** The bytes of PostgreSQL's binary COPY: each field has its length in front, null has -1, times count from 2000-01-01 in microseconds. */
class BinaryCopyTest {
    private final DataOutputSerializer out = new DataOutputSerializer(64);
    private final BinaryCopy copy = new BinaryCopy(out);

    @Test
    void writesEveryColumnOfARow() throws IOException {
        copy.row(PinnedRow.ROW);

        // 18 columns; the unit takes two bytes in UTF-8; count and revision are alike; that the row is the first of its
        // window is no column
        assertThat(hex())
                .isEqualTo("0012" + "000000027331" + "0000000174" + "0000000400000e10" + "000000080002ad22dce66000"
                        + "ffffffff" + "00000002c2b0" + "00000008000000000000012c"
                        + "000000083ff0000000000000" + "00000008bff0000000000000" + "000000084000000000000000"
                        + "000000083fe0000000000000" + "000000083fd0000000000000"
                        + "000000083ff8000000000000" + "000000088000000000000000" + "000000080000000000000000"
                        + "00000008000000000000012c" + "0000000400000007" + "0000000101");
    }

    @Test
    void writesTheTimeOfTheTransactionBehindTheColumns() throws IOException {
        copy.row(
                Aggregate.builder()
                        .series(new SeriesKey("s2", "t"))
                        .windowSeconds(60)
                        .windowStartMicros(-60_000_000L)
                        .site("roof")
                        .count(1)
                        .sum(1)
                        .min(2)
                        .max(3)
                        .mean(4)
                        .firstValue(5)
                        .lastValue(6)
                        .flaggedCount(1)
                        .generation(2)
                        .build(),
                1_700_000_000_123_456L);

        assertThat(hex())
                .startsWith(HexFormat.of().toHexDigits((short) (AggregateColumns.ALL.size() + 1)) + "000000027332"
                        + "0000000174" + "000000040000003c" + "00000008fffca2fec1349900" + "00000004726f6f66"
                        + "ffffffff")
                .endsWith("0000000100" + "000000080002ad22dce84240");
    }

    /** "PGCOPY" and five bytes that a text transfer would change, no flags, no extension; at the end -1 columns. */
    @Test
    void writesTheHeaderAndTheTrailer() throws IOException {
        copy.header();
        copy.trailer();
        assertThat(hex()).isEqualTo("5047434f50590aff0d0a00" + "00000000" + "00000000" + "ffff");
    }

    @Test
    void writesANumberThatIsMissing() throws IOException {
        copy.optionalFloat64("stddev", null);
        assertThat(hex()).isEqualTo("ffffffff");
    }

    private String hex() {
        return HexFormat.of().formatHex(out.getCopyOfBuffer());
    }
}
