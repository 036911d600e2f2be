package dev.weir.core.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExactTotalsTest {

    /** Values, sum, mean, deviation; for two values a and b it is |a - b| / sqrt(2), for a, -a and 0 it is a. */
    @ParameterizedTest
    @CsvSource({
        "1e308 -1e308, 0, 0, 1.414213562373095e308",
        "-1e308 1e308, 0, 0, 1.414213562373095e308",
        "1e308 -1e308 5, 5, 1.6666666666666667, 1e308",
        "5 1e308 -1e308, 5, 1.6666666666666667, 1e308",
        "1e308 1e308 -1e308, 1e308, 3.3333333333333334e307, 1.1547005383792515e308",
        "1e200 -1e200, 0, 0, 1.4142135623730951e200",
        "1e200 -1e200 0, 0, 0, 1e200",
        "1e308 1e308, Infinity, 1e308, 0",
        "-1e308 -1e308 -1e308, -Infinity, -1e308, 0",
        "1.7e308 -1.7e308, 0, 0, Infinity",
        "1e-200 -1e-200, 0, 0, 1.4142135623730951e-200",
        "1e-200 -1e-200 0, 0, 0, 1e-200",
        "5e-324 0, 5e-324, 0, 5e-324",
        "1e308 -1e308 1e-300, 1e-300, 3.3333333333333333e-301, 1e308",
        "21.5 1e308 -1e308 21.5, 43, 10.75, 8.164965809277261e307",
    })
    void areRightWhereTheTruthIsADouble(String values, double sum, double mean, double stddev) {
        Window window = new Window(0);
        String[] texts = values.split(" ", -1);
        for (int i = 0; i < texts.length; i++) {
            window.add(i, Double.parseDouble(texts[i]), false, null, null);
        }
        assertThat(window.sum()).isEqualTo(sum);
        assertThat(window.mean()).isEqualTo(mean);
        if (Double.isInfinite(stddev)) {
            assertThat(window.stddev()).isEqualTo(stddev);
        } else {
            assertThat(window.stddev()).isCloseTo(stddev, within(2 * Math.ulp(stddev)));
        }
    }

    /** Halfway between two doubles, the even one is taken; the smallest double more, and it is the other one. */
    @Test
    void roundToTheNearestDoubleOnce() {
        assertThat(window(0x1p600, 0x1p547).sum()).isEqualTo(0x1p600);
        assertThat(window(0x1p600, 0x1p547, 5e-324).sum()).isEqualTo(0x1p600 + 0x1p548);
        assertThat(window(-0x1p600, -0x1p547, -5e-324).sum()).isEqualTo(-0x1p600 - 0x1p548);
        assertThat(window(0x1p600, 0x1p600 + 0x1p548).mean()).isEqualTo(0x1p600); // the mean is 2^600 + 2^547
        // 2^547 and as much more and less: 2^600 + 2^547 is the deviation
        assertThat(window(0x1p547, 0x1p600 + 0x1p548, -0x1p600).stddev()).isEqualTo(0x1p600);
    }

    @Test
    void haveNoNegativeZero() {
        Window window = window(1e308, -1e308);
        assertThat(Double.doubleToRawLongBits(window.sum())).isZero();
        assertThat(Double.doubleToRawLongBits(window.mean())).isZero();
        assertThat(Double.doubleToRawLongBits(window(1e308, 1e308).stddev())).isZero();
    }

    private static Window window(double... values) {
        Window window = new Window(0);
        for (double value : values) {
            window.add(0, value, false, null, null);
        }
        return window;
    }

    /** Against exact arithmetic on decimals; where ordinary values come first, their running totals' rounding is allowed. */
    @Property(tries = 2_000)
    void areThoseOfExactArithmetic(@ForAll @Size(min = 2, max = 12) List<@From("anyValues") Double> values) {
        Window window = new Window(0);
        BigDecimal n = BigDecimal.valueOf(values.size());
        BigDecimal sum = BigDecimal.ZERO;
        BigDecimal squares = BigDecimal.ZERO;
        double greatest = 0;
        for (double value : values) {
            window.add(0, value, false, null, null);
            sum = sum.add(new BigDecimal(value));
            squares = squares.add(new BigDecimal(value).pow(2));
            greatest = Math.max(greatest, Math.abs(value));
        }
        BigDecimal deviations = squares.multiply(n).subtract(sum.pow(2));
        BigDecimal variance = deviations.divide(n.multiply(n.subtract(BigDecimal.ONE)), MathContext.DECIMAL128);
        check(window.sum(), sum.doubleValue(), greatest);
        check(window.mean(), sum.divide(n, MathContext.DECIMAL128).doubleValue(), greatest);
        check(window.stddev(), variance.sqrt(MathContext.DECIMAL64).doubleValue(), greatest);
    }

    private static void check(double found, double expected, double greatest) {
        if (Double.isInfinite(expected)) {
            assertThat(found).isEqualTo(expected);
        } else {
            assertThat(found).isCloseTo(expected, within(Math.max(greatest * 1e-15, 2 * Math.ulp(expected))));
        }
    }

    @Property(tries = 1_000)
    void doNotDependOnTheOrderOnceTheyAreExact(
            @ForAll @Size(max = 10) List<@From("anyValues") Double> values, @ForAll Random random) {
        List<Double> shuffled = new ArrayList<>(values);
        Collections.shuffle(shuffled, random);
        Window window = begunWith(1e308, values);
        Window other = begunWith(1e308, shuffled);
        assertThat(other.sum()).isEqualTo(window.sum());
        assertThat(other.mean()).isEqualTo(window.mean());
        assertThat(other.stddev()).isEqualTo(window.stddev());
    }

    private static Window begunWith(double first, List<Double> values) {
        Window window = new Window(0);
        window.add(0, first, false, null, null);
        values.forEach(value -> window.add(0, value, false, null, null));
        return window;
    }

    @Property(tries = 500)
    void areTheSameAfterASnapshotAnywhere(@ForAll @Size(min = 1, max = 12) List<@From("anyValues") Double> values) {
        SeriesFixture straight = SeriesFixture.minutes();
        SeriesFixture interrupted = SeriesFixture.minutes();
        for (int i = 0; i < values.size(); i++) {
            straight.at(i, values.get(i));
            interrupted.at(i, values.get(i));
            interrupted.throughBytes();
        }
        straight.at(100, 0);
        interrupted.at(100, 0);
        assertThat(interrupted.rows).isEqualTo(straight.rows);
    }

    @Provide
    Arbitrary<Double> anyValues() {
        return Arbitraries.oneOf(
                Arbitraries.of(
                        1e308, -1e308, 1.7e308, -1.7e308, 1e200, -1e200, 1e-200, -1e-200, 5e-324, 0.0, -0.0, 1e145,
                        7.0),
                Arbitraries.doubles().between(-50, 50),
                Arbitraries.longs().map(Double::longBitsToDouble).filter(Double::isFinite));
    }

    @Test
    void ordinaryWindowsHaveNone() {
        Window window = new Window(0);
        window.add(0, 21.5, false, null, null);
        window.add(1, 0, false, null, null);
        window.add(2, -1e100, false, null, null);
        window.add(3, 1e-100, false, null, null);
        assertThat(window.exact).isNull();
        window.add(4, 1e150, false, null, null);
        assertThat(window.exact).isNotNull();
        window.open(60_000_000);
        assertThat(window.exact).isNull();
    }

    /** State of before format 7 may hold totals that have overflowed; such a window goes on and fails nothing. */
    @Test
    void aWindowWhoseTotalsOverflowedLongAgoGoesOn() {
        Window window = new Window(0);
        window.add(0, 1, false, null, null);
        window.count = 2;
        window.runningSum = Double.POSITIVE_INFINITY;
        window.compensation = Double.NaN;
        window.squaredDeviations = Double.NaN;
        window.add(1, 1e308, false, null, null);
        assertThat(window.exact).as("made of what is no number").isNull();
        assertThat(window.count).isEqualTo(3);
        assertThat(window.sum()).isInfinite();
    }

    /** As format 7 was when it was introduced; what state holds must stay readable. */
    @Test
    void areReadFromTheBytesOfFormat7() {
        String bytes = "070280897a80b8b872ffe1ccf385ebc8a0000080897a0080f785ffffffffffff010204ffff887a7fe1ccf385ebc8a08"
                + "0897affe1ccf385ebc8a0027800020480897a000008736974650643656c80897affe1ccf385ebc8a00400"
                + "7fe1ccf385ebc8a00000000000000000000000000000000000000000000000000000000000000000ffe1c"
                + "cf385ebc8a07fe1ccf385ebc8a00002008a42184f371b3399fc2b2dd80cbe99";
        SeriesFixture series = SeriesFixture.minutes();
        series.state = new SeriesStateCodec().decode(HexFormat.of().parseHex(bytes), null);
        series.at(2, 5);
        series.at(100, 0);
        assertThat(series.rows.get(0).sum()).isEqualTo(5);
        assertThat(series.rows.get(0).stddev()).isEqualTo(1e308);
    }
}
