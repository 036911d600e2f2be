package dev.weir.core.series;

/**
 * What one window of one series holds: running totals, never the readings. The sum is compensated (Neumaier, 1974) and the squared
 * deviations are Welford's (1962), so that a small spread around a great mean survives. A value whose square is beyond the range of a double
 * moves the window to {@link ExactTotals}.
 */
final class Window {
    /** Between these a double holds the squares, and their sum over as many readings as a {@code long} counts. */
    private static final double GREATEST = 0x1p480;

    private static final double SMALLEST = 0x1p-400;

    long startMicros;
    long count;
    long flaggedCount;
    /** Compensated: the sum is {@link #sum()}. */
    double runningSum;

    double compensation;
    double runningMean;
    double squaredDeviations;
    /** Null in nearly every window; where it is not, the four above stay as they were. */
    ExactTotals exact;

    double min;
    double max;
    long firstTimeMicros;
    long lastTimeMicros;
    double firstValue;
    double lastValue;
    /** Of the reading with the greatest event time. */
    String site;

    String unit;
    /** The revision last emitted; 0 before the first result. */
    long emittedCount;

    Window(long startMicros) {
        open(startMicros);
    }

    /** It holds nothing, whatever it held before, and begins there. Values and labels are those of no reading until the first is added. */
    final void open(long start) {
        startMicros = start;
        count = 0;
        flaggedCount = 0;
        runningSum = 0;
        compensation = 0;
        runningMean = 0;
        squaredDeviations = 0;
        if (exact != null) {
            exact = null;
        }
        min = Double.POSITIVE_INFINITY;
        max = Double.NEGATIVE_INFINITY;
        firstTimeMicros = Long.MAX_VALUE;
        lastTimeMicros = Long.MIN_VALUE;
        emittedCount = 0;
    }

    /** The window holds one reading more. */
    void add(long timeMicros, double value, boolean flagged, String readingSite, String readingUnit) {
        addToTotals(value);
        if (flagged) {
            flaggedCount++;
        }
        min = Math.min(min, value);
        max = Math.max(max, value);
        if (timeMicros < firstTimeMicros) {
            firstTimeMicros = timeMicros;
            firstValue = value;
        }
        if (timeMicros > lastTimeMicros) {
            lastTimeMicros = timeMicros;
            lastValue = value;
            label(readingSite, readingUnit);
        }
    }

    private void addToTotals(double value) {
        if (exact == null && isBeyondSquares(value) && hasFiniteTotals()) {
            exact = ExactTotals.from(count, runningSum, compensation, squaredDeviations);
        }
        count++;
        if (exact != null) {
            exact.add(value);
            return;
        }
        addToSum(value);
        double delta = value - runningMean;
        runningMean += delta / count;
        squaredDeviations += delta * (value - runningMean);
    }

    private static boolean isBeyondSquares(double value) {
        double size = Math.abs(value);
        return size > GREATEST || size < SMALLEST && size > 0;
    }

    /** A window of state before format 7 may hold totals that have overflowed: nothing exact can be made of them. */
    private boolean hasFiniteTotals() {
        return Double.isFinite(runningSum) && Double.isFinite(compensation) && Double.isFinite(squaredDeviations);
    }

    /** A reference is written only where it is another: the collector looks into every old object to which one was written. */
    @SuppressWarnings("ReferenceEquality")
    private void label(String readingSite, String readingUnit) {
        if (site != readingSite) {
            site = readingSite;
        }
        if (unit != readingUnit) {
            unit = readingUnit;
        }
    }

    /** Whether it holds something that no emitted row shows. */
    boolean pending() {
        return emittedCount < count;
    }

    /** Returns the sum; infinite where it is beyond the range of a double. */
    double sum() {
        if (exact != null) {
            return exact.sum();
        }
        double sum = runningSum + compensation;
        // Totals of state before format 7 may have overflowed: the plain sum still says which way it went.
        return Double.isNaN(sum) ? runningSum : sum;
    }

    double mean() {
        if (exact != null) {
            return exact.mean(count);
        }
        double mean = sum() / count;
        return Double.isFinite(mean) ? mean : runningMean;
    }

    /** Returns the sample standard deviation, infinite beyond the range of a double, or null when one reading is all there is. */
    Double stddev() {
        if (count < 2) {
            return null;
        }
        return exact != null ? exact.stddev(count) : Math.sqrt(Math.max(0, squaredDeviations) / (count - 1));
    }

    private void addToSum(double value) {
        double next = runningSum + value;
        compensation +=
                Math.abs(runningSum) >= Math.abs(value) ? (runningSum - next) + value : (value - next) + runningSum;
        runningSum = next;
    }
}
