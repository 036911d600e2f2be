package dev.weir.core.series;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

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
