package dev.weir.core.series;

import java.math.BigInteger;

/**
 * The exact sum and sum of squares of a window's values.
 *
 * <p><b>Idea.</b> A double is a whole number of 2^-1074, so both totals are whole numbers of arbitrary size. {@link Window} switches to
 * them when a value is so great or so small that its square is beyond the range of a double. For 1e308 and -1e308, running totals in
 * doubles would become infinite, NaN or 0.0.
 *
 * <p><b>Invariant.</b> Nothing that is added here is rounded, so the values added give the same totals in any order. The running totals
 * that {@link #from} starts with were rounded before, so they still depend on the order of their readings. Sum and mean are rounded once,
 * to the nearest double.
 *
 * <p><b>Cost.</b> At most 262 bytes for the sum and 550 for the squares, and about a microsecond for each reading. Only the rare window
 * with such a value pays it.
 */
final class ExactTotals {
    /** Every finite double is a whole multiple of 2 to the minus this. */
    private static final int UNIT = 1074;

    /**
     * Extra fraction bits of {@link #squares}. A window that starts from running totals adds the square of their sum divided by the count,
     * which is not a whole number of units.
     */
    private static final int GUARD = 128;

    private static final int SIGNIFICAND = 52;

    /** In units of 2^-1074. */
    private BigInteger sum;

    /** In units of 2^-(2 * 1074 + 128). */
    private BigInteger squares;

    private ExactTotals(BigInteger sum, BigInteger squares) {
        this.sum = sum;
        this.squares = squares;
    }

    /**
     * Continues from running totals, which must be finite.
     *
     * @param count number of readings in the totals; 0 for none
     * @param squaredDeviations sum of the squared deviations from the mean of those readings
     */
    static ExactTotals from(long count, double runningSum, double compensation, double squaredDeviations) {
        BigInteger sum = units(runningSum).add(units(compensation));
        BigInteger squares = units(squaredDeviations).shiftLeft(UNIT + GUARD);
        return new ExactTotals(
                sum, count == 0 ? squares : squares.add(squareOf(sum).divide(BigInteger.valueOf(count))));
    }

    private static BigInteger squareOf(BigInteger sum) {
        return sum.multiply(sum).shiftLeft(GUARD);
    }

    private static BigInteger units(double value) {
        long bits = Double.doubleToRawLongBits(value);
        int exponent = (int) (bits >>> SIGNIFICAND) & 0x7FF;
        long fraction = bits & (1L << SIGNIFICAND) - 1;
        BigInteger size = exponent == 0
                ? BigInteger.valueOf(fraction)
                : BigInteger.valueOf(fraction | 1L << SIGNIFICAND).shiftLeft(exponent - 1);
        return bits < 0 ? size.negate() : size;
    }

    /** Adds a finite value. */
    void add(double value) {
        BigInteger units = units(value);
        sum = sum.add(units);
        squares = squares.add(squareOf(units));
    }

    /** Returns the sum as the nearest double; infinite beyond the range of a double. */
    double sum() {
        return nearest(sum, -UNIT);
    }

    /** Returns the mean as the nearest double. It is finite, because it lies between the smallest and the greatest value. */
    double mean(long count) {
        BigInteger[] parts = sum.abs().shiftLeft(GUARD).divideAndRemainder(BigInteger.valueOf(count));
        double mean = nearest(odd(parts[0], parts[1].signum() != 0), -UNIT - GUARD);
        return sum.signum() < 0 ? -mean : mean;
    }

    /** Returns the sample standard deviation; infinite beyond the range of a double. */
    double stddev(long count) {
        BigInteger counted = BigInteger.valueOf(count);
        // It can be below 0 only because of the division in from(), if all values were equal.
        BigInteger deviations =
                squares.multiply(counted).subtract(squareOf(sum)).max(BigInteger.ZERO);
        BigInteger variance = deviations.shiftLeft(GUARD).divide(counted.multiply(BigInteger.valueOf(count - 1)));
        BigInteger root = variance.sqrt();
        return nearest(odd(root, !root.multiply(root).equals(variance)), -UNIT - GUARD);
    }

    /** Sets the last bit of a number that was rounded down, so that rounding it again cannot take it for a tie. */
    private static BigInteger odd(BigInteger number, boolean roundedDown) {
        return roundedDown ? number.setBit(0) : number;
    }

    /** Returns the double nearest to the number times 2 to the exponent. */
    private static double nearest(BigInteger number, int exponent) {
        BigInteger size = number.abs();
        int dropped = Math.max(0, size.bitLength() - Long.SIZE);
        BigInteger kept =
                odd(size.shiftRight(dropped), size.getLowestSetBit() >= 0 && size.getLowestSetBit() < dropped);
        double nearest = Math.scalb(kept.doubleValue(), exponent + dropped);
        return number.signum() < 0 ? -nearest : nearest;
    }

    void write(StateWriter out) {
        out.writeNumber(sum);
        out.writeNumber(squares);
    }

    static ExactTotals read(StateReader in) {
        return new ExactTotals(in.readNumber(), in.readNumber());
    }
}
