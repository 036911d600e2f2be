package dev.weir.core.series;

import java.math.BigInteger;

/**
 * The sum and the sum of squares of a window's values, exactly, for the rare window with a value so great or so small that its square is
 * beyond the range of a double: 1e308 and -1e308, which the running totals of {@link Window} made infinite, NaN or 0.0.
 *
 * <p>A double is a whole number of 2^-1074, so both totals are whole numbers. What is added here gives the same totals in any order. The
 * running totals of {@link #from} were rounded before, so they depend on the order of the readings up to there.
 * Cost: at most 262 bytes for the sum and 550 for the squares, about a microsecond a reading, and only in such a window.
 */
final class ExactTotals {
    /** A finite double is a whole number of two to the minus this. */
    private static final int UNIT = 1074;

    /** Further bits of {@link #squares}: a window that begins with running totals has a square of the sum divided by the count. */
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
     * Goes on from running totals, which are finite.
     *
     * @param count of the readings in them; 0 for none
     * @param squaredDeviations from their mean
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

    /** The window holds one finite value more. */
    void add(double value) {
        BigInteger units = units(value);
        sum = sum.add(units);
        squares = squares.add(squareOf(units));
    }

    /** Returns the nearest double; infinite beyond the range of a double. */
    double sum() {
        return nearest(sum, -UNIT);
    }

    /** Returns the nearest double, which is finite: the mean lies between the smallest and the greatest value. */
    double mean(long count) {
        BigInteger[] parts = sum.abs().shiftLeft(GUARD).divideAndRemainder(BigInteger.valueOf(count));
        double mean = nearest(odd(parts[0], parts[1].signum() != 0), -UNIT - GUARD);
        return sum.signum() < 0 ? -mean : mean;
    }

    /** Returns the sample standard deviation; infinite beyond the range of a double. */
    double stddev(long count) {
        BigInteger counted = BigInteger.valueOf(count);
        // Below 0 only by the division in from(), where all values were equal.
        BigInteger deviations =
                squares.multiply(counted).subtract(squareOf(sum)).max(BigInteger.ZERO);
        BigInteger variance = deviations.shiftLeft(GUARD).divide(counted.multiply(BigInteger.valueOf(count - 1)));
        BigInteger root = variance.sqrt();
        return nearest(odd(root, !root.multiply(root).equals(variance)), -UNIT - GUARD);
    }

    /** Marks a number that was rounded down, in its last bit, so that rounding again cannot take it for a tie. */
    private static BigInteger odd(BigInteger number, boolean roundedDown) {
        return roundedDown ? number.setBit(0) : number;
    }

    /** The double nearest to a whole number of powers of two. */
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
