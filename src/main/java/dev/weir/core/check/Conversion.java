package dev.weir.core.check;

/**
 * A linear conversion between two units: {@code (value + before) * multiplier / divisor + after}. The factor is kept as a fraction of
 * whole numbers, so that for instance 1 Pa is exactly 0.01 hPa and no product of rounded factors.
 */
public record Conversion(double before, double multiplier, double divisor, double after) {

    /** The value in the other unit; may be infinite at the ends of {@code double}. */
    public double apply(double value) {
        return (value + before) * multiplier / divisor + after;
    }
}
