package dev.weir.core.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link StateWriter} and {@link StateReader}: the bytes are those of every savepoint, so they are pinned. */
class StateBytesTest {
    private final StateWriter out = new StateWriter();

    /** Zigzag: 0, -1, 1, -2 are 0, 1, 2, 3; then seven bits a byte, the lowest first, the eighth says that another byte follows. */
    @ParameterizedTest
    @CsvSource({
        "0, 00",
        "-1, 01",
        "1, 02",
        "63, 7e",
        "-64, 7f",
        "64, 8001",
        "-65, 8101",
        "8191, fe7f",
        "8192, 808001",
        "9223372036854775807, feffffffffffffffff01",
        "-9223372036854775808, ffffffffffffffffff01",
    })
    void aLongTakesAsFewBytesAsItNeeds(long value, String hex) {
        out.writeLong(value);
        assertThat(hex()).isEqualTo(hex);
        assertThat(in().readLong()).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.0, -0.0, 21.5, -1e308, Double.MIN_VALUE, Double.POSITIVE_INFINITY, Double.NaN})
    void aDoubleIsItsBits(double value) {
        out.writeDouble(value);
        assertThat(hex()).isEqualTo(HexFormat.of().toHexDigits(Double.doubleToRawLongBits(value)));
        assertThat(Double.doubleToRawLongBits(in().readDouble())).isEqualTo(Double.doubleToRawLongBits(value));
    }

    @Test
    void aTextIsItsLengthInBytesAndUtf8() {
        out.writeText("a\u007f");
        out.writeText("");
        out.writeText(null);
        out.writeText("a\u0080\u2603");
        assertThat(hex()).isEqualTo("04617f" + "00" + "01" + "0c61c280e29883");
        StateReader in = in();
        assertThat(in.readText()).isEqualTo("a\u007f");
        assertThat(in.readText()).isEmpty();
        assertThat(in.readText()).isNull();
        assertThat(in.readText()).isEqualTo("a\u0080\u2603");
    }

    @Test
    void aNumberIsWithoutItsLowZeros() {
        String[] numbers = {"0", "1", "-1", "1180591620717411303424", "-3000000000000000000000"};
        for (String number : numbers) {
            out.writeNumber(new BigInteger(number));
        }
        // zeros, length, bytes; 2^70 is a one and 70 zeros
        assertThat(hex()).startsWith("000200" + "000201" + "0002ff" + "8c010201");
        StateReader in = in();
        for (String number : numbers) {
            assertThat(in.readNumber()).isEqualTo(number);
        }
    }

    /** Each kind crosses the buffer's first 512 bytes, and the buffer grows by more than twice for one long text. */
    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504, 505, 511, 512, 513, 1_200, 5_000})
    void growsWithWhatIsWritten(int before) {
        String ascii = "x".repeat(3 * before + 600);
        String wide = "\u2603".repeat(before + 600);
        BigInteger number = BigInteger.ONE.shiftLeft(8 * before).subtract(BigInteger.ONE);
        for (int kind = 0; kind < 5; kind++) {
            out.truncate(0);
            for (int i = 0; i < before; i++) {
                out.writeByte(i);
            }
            switch (kind) {
                case 0 -> out.writeLong(Long.MAX_VALUE);
                case 1 -> out.writeDouble(0.1);
                case 2 -> out.writeText(ascii);
                case 3 -> out.writeText(wide);
                default -> out.writeNumber(number);
            }
            out.writeByte(77);
            assertThat(out.toBytes()).hasSize(out.length());
            StateReader in = in();
            for (int i = 0; i < before; i++) {
                assertThat(in.readByte()).isEqualTo((byte) i);
            }
            switch (kind) {
                case 0 -> assertThat(in.readLong()).isEqualTo(Long.MAX_VALUE);
                case 1 -> assertThat(in.readDouble()).isEqualTo(0.1);
                case 2 -> assertThat(in.readText()).isEqualTo(ascii);
                case 3 -> assertThat(in.readText()).isEqualTo(wide);
                default -> assertThat(in.readNumber()).isEqualTo(number);
            }
            assertThat(in.readByte()).isEqualTo(77);
        }
    }

    @Test
    void forgetsWhatIsBehindTheLengthAndReadsNotPastTheEnd() {
        out.writeByte(1);
        int length = out.length();
        out.writeDouble(2);
        out.truncate(length);
        out.writeByte(3);
        assertThat(hex()).isEqualTo("0103");
        StateReader in = in();
        assertThat(in.readByte() + in.readByte()).isEqualTo(4);
        assertThatThrownBy(in::readLong).isInstanceOf(IndexOutOfBoundsException.class);
    }

    private String hex() {
        return HexFormat.of().formatHex(out.toBytes());
    }

    private StateReader in() {
        return new StateReader(out.toBytes());
    }
}
