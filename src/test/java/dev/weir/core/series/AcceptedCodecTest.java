package dev.weir.core.series;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcceptedCodecTest {
    private static final long BASE = 1_700_000_030_000_000L;

    @Property
    void givesBackEveryBit(@ForAll("values") List<Double> values) {
        AcceptedTimes written = accepted(values);
        AcceptedTimes read = new AcceptedTimes();
        AcceptedCodec.read(new StateReader(bytes(written)), read, BASE, true);

        assertThat(read.size()).isEqualTo(values.size());
        for (int i = 0; i < values.size(); i++) {
            assertThat(read.timeAt(i)).isEqualTo(written.timeAt(i));
            assertThat(Double.doubleToRawLongBits(read.valueAt(i)))
                    .isEqualTo(Double.doubleToRawLongBits(values.get(i)));
        }
    }

    @Test
    void aReadingWithTwoDecimalsTakesFiveBytes() {
        List<Double> values = List.of(21.53, 21.5, 22.0, 20.99, -3.07, 21.0, 21.55, 21.54, 21.5, 21.49);
        assertThat(bytes(accepted(values)).length).isLessThanOrEqualTo(10 + 6 * values.size());
    }

    /** The byte behind the count: how many decimals all of them need, or -1 for doubles. */
    @ParameterizedTest
    @CsvSource({
        "1 -2 3e15, 0",
        "21.5 -0.5, 1",
        "0.25 21.5 100, 2",
        "0.125, 3",
        "1.0625, 4",
        "0.00001, 5",
        "0.000001 12.345678, 6",
        "0.0000001, -1",
        "1 2 0.30000000000000004, -1",
        "0 -0.0, -1",
        "9223372036854775808 -9223372036854775808, 0",
        "1e19, -1",
    })
    void saysHowManyDecimalsTheValuesHave(String texts, int decimals) {
        List<Double> values =
                Stream.of(texts.split(" ", -1)).map(Double::valueOf).toList();
        byte[] bytes = bytes(accepted(values));
        assertThat(bytes[1]).isEqualTo((byte) decimals);
        givesBackEveryBit(values);
    }

    /** Offsets are of the base, and of the reading before; only the asked-for range is written. */
    @Test
    void writesARangeAndReadsItBehindOthers() {
        AcceptedTimes accepted = new AcceptedTimes();
        for (int i = 0; i < 6; i++) {
            accepted.add(100 + i, i / 10.0, SeriesState.NONE);
        }
        StateWriter out = new StateWriter();
        AcceptedCodec.write(accepted, 2, 5, 100, out);
        // 3 readings, of one decimal; time +2 and value 2, then +1 and +1 each
        assertThat(out.toBytes()).containsExactly(6, 1, 4, 4, 2, 2, 2, 2);
        AcceptedTimes read = new AcceptedTimes();
        AcceptedCodec.read(new StateReader(out.toBytes()), read, 100, true);
        assertThat(read.size()).isEqualTo(3);
        assertThat(read.timeAt(0)).isEqualTo(102);
        assertThat(read.valueAt(2)).isEqualTo(0.4);
    }

    @Test
    void noReadingIsOneByte() {
        assertThat(bytes(new AcceptedTimes())).containsExactly(0);
        AcceptedTimes read = new AcceptedTimes();
        AcceptedCodec.read(new StateReader(new byte[] {0}), read, BASE, true);
        assertThat(read.size()).isZero();
    }

    @Test
    void beforeItSaidHowTheValuesWereDoubles() {
        StateWriter out = new StateWriter();
        out.writeLong(1);
        out.writeLong(5);
        out.writeDouble(0.1);
        AcceptedTimes read = new AcceptedTimes();
        AcceptedCodec.read(new StateReader(out.toBytes()), read, 10, false);
        assertThat(read.timeAt(0)).isEqualTo(15);
        assertThat(read.valueAt(0)).isEqualTo(0.1);
    }

    @Provide
    Arbitrary<List<Double>> values() {
        Arbitrary<Double> decimal = Arbitraries.bigDecimals().ofScale(2).map(Number::doubleValue);
        Arbitrary<Double> longDecimal = Arbitraries.bigDecimals().ofScale(9).map(Number::doubleValue);
        Arbitrary<Double> whole = Arbitraries.longs().map(Number::doubleValue);
        Arbitrary<Double> any =
                Arbitraries.longs().map(Double::longBitsToDouble).filter(Double::isFinite);
        Arbitrary<Double> odd = Arbitraries.of(
                0.0,
                -0.0,
                Double.MIN_VALUE,
                Double.MAX_VALUE,
                0.1 + 0.2,
                0x1p50,
                0x1p50 - 0.5,
                0x1p53,
                0x1p63,
                -0x1p63);
        Arbitrary<Double> mixed = Arbitraries.oneOf(decimal, longDecimal, whole, any, odd);
        return Arbitraries.oneOf(decimal.list(), whole.list(), mixed.list());
    }

    private static AcceptedTimes accepted(List<Double> values) {
        AcceptedTimes accepted = new AcceptedTimes();
        for (int i = 0; i < values.size(); i++) {
            accepted.add(1_700_000_000_000_000L + i * 1_000_000L, values.get(i), SeriesState.NONE);
        }
        return accepted;
    }

    private static byte[] bytes(AcceptedTimes accepted) {
        StateWriter out = new StateWriter();
        AcceptedCodec.write(accepted, 0, accepted.size(), BASE, out);
        return out.toBytes();
    }
}
