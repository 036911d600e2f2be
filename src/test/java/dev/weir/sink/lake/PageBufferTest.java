package dev.weir.sink.lake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against bytes that Parquet's specification gives. */
class PageBufferTest {
    private final PageBuffer page = new PageBuffer();

    @Test
    void numbersAreLittleEndian() {
        page.putInt(0x01020304);
        page.putLong(0x0102030405060708L);
        page.putByte(0x1FF);
        page.putBytes(new byte[] {1, 2, 3, 4}, 1, 2);
        assertThat(hex()).isEqualTo("04030201" + "0807060504030201" + "ff" + "0203");
        page.truncate(5);
        assertThat(hex()).isEqualTo("0403020108");
        page.putSizeInFront();
        assertThat(hex()).isEqualTo("0100000008");
        page.clear();
        assertThat(page.size()).isZero();
    }

    /** Each kind crosses the first 256 bytes. */
    @ParameterizedTest
    @ValueSource(ints = {248, 249, 252, 253, 255, 256, 257, 1_000})
    void growsWithWhatIsWritten(int before) {
        for (int kind = 0; kind < 4; kind++) {
            PageBuffer grown = new PageBuffer();
            byte[] bytes = new byte[before];
            Arrays.fill(bytes, (byte) 7);
            grown.putBytes(bytes, 0, before);
            switch (kind) {
                case 0 -> grown.putByte(9);
                case 1 -> grown.putInt(9);
                case 2 -> grown.putLong(9);
                default -> grown.putBooleans(new int[] {1, 0, 0, 1}, 4);
            }
            assertThat(grown.bytes()[before - 1]).isEqualTo((byte) 7);
            assertThat(grown.bytes()[before]).isEqualTo((byte) 9);
        }
    }

    @Test
    void booleansAreBits() {
        page.putBooleans(new int[] {1, 0, 1, 1, 0, 0, 0, 0, 1, 1}, 10);
        assertThat(hex()).isEqualTo("0d03");
        page.clear();
        page.putBooleans(new int[] {1, 1, 1, 1, 1, 1, 1, 1, 1}, 8);
        assertThat(hex()).isEqualTo("ff");
    }

    /** The specification's example: 0 to 7, of three bits each. */
    @Test
    void packsGroupsOfEight() {
        page.putHybrid(IntStream.range(0, 8).toArray(), 8, 3);
        assertThat(hex()).isEqualTo("03" + "88c6fa");
        page.clear();
        page.putHybrid(IntStream.range(0, 9).map(i -> i % 8).toArray(), 9, 3);
        assertThat(hex()).as("two groups, the second filled up").isEqualTo("05" + "88c6fa" + "000000");
    }

    @Test
    void writesALongRepetitionAndTheLastOneAsSuch() {
        page.putHybrid(new int[] {5, 5, 5, 5}, 4, 3);
        assertThat(hex()).isEqualTo("08" + "05");
        page.clear();
        int[] values = new int[504 + 1];
        Arrays.fill(values, 0, 504, 300);
        values[504] = 1;
        page.putHybrid(values, 505, 9);
        assertThat(hex()).as("504 times 300, once 1").isEqualTo("f007" + "2c01" + "02" + "0100");
        page.clear();
        values[503] = 1;
        page.putHybrid(values, 505, 9);
        assertThat(hex())
                .as("503 are packed with what follows")
                .startsWith("7f")
                .endsWith("02" + "0100");
        assertThat(page.size()).isEqualTo(1 + 63 * 9 + 3);
    }

    @Test
    void theLastPackedRunHasTheRest() {
        page.putHybrid(IntStream.range(0, 600).map(i -> i % 2).toArray(), 600, 1);
        assertThat(page.size()).as("504 bits, and 12 groups of eight").isEqualTo(1 + 63 + 1 + 12);
        assertThat(page.bytes()[64]).isEqualTo((byte) (12 << 1 | 1));
    }

    @Test
    void aRepeatedValueTakesWholeBytes() {
        page.putRepeated(7, 1, 0);
        assertThat(hex()).isEqualTo("02");
        page.clear();
        page.putRepeated(7, 1, 8);
        assertThat(hex()).isEqualTo("02" + "07");
        page.clear();
        page.putRepeated(7, 1, 9);
        assertThat(hex()).isEqualTo("02" + "0700");
    }

    private String hex() {
        return HexFormat.of().formatHex(page.bytes(), 0, page.size());
    }
}
