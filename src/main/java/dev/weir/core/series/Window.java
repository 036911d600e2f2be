package dev.weir.core.series;

/**
 * The running totals of one window of one series. Readings are not kept.
 *
 * <p>The sum is compensated (Neumaier, 1974) and the squared deviations are updated as in Welford (1962), so that a small spread around a
 * great mean survives. A value whose square is beyond the range of a double moves the window to {@link ExactTotals}.
 */
final class Window {
    /** Between these bounds a double holds the square of a value, and the sum of squares of as many readings as a {@code long} counts. */
    private static final double GREATEST = 0x1p480;

    private static final double SMALLEST = 0x1p-400;

    long startMicros;
    long count;
    long flaggedCount;
    /** Compensated by {@link #compensation}; {@link #sum()} returns the sum. */
    double runningSum;

    double compensation;
    double runningMean;
    double squaredDeviations;
    /** Null in nearly every window. Once set, the four totals above no longer change. */
    ExactTotals exact;

    double min;
    double max;
    long firstTimeMicros;
    long lastTimeMicros;
    double firstValue;
    double lastValue;
    /** Site and unit are those of the reading with the greatest event time; null if it has none. */
    String site;

    String unit;
    /** The revision last emitted; 0 before the first result. */
    long emittedCount;

    Window(long startMicros) {
        open(startMicros);
    }

    /** Empties the window and lets it begin at the given start. Values and labels are undefined until the first reading is added. */
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

    /** Adds a reading. */
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

    /** Returns false for totals that have overflowed, as a window stored before format 7 may hold. They cannot be made exact. */
    private boolean hasFiniteTotals() {
        return Double.isFinite(runningSum) && Double.isFinite(compensation) && Double.isFinite(squaredDeviations);
    }

    /** Sets the labels. Does not store the same reference again, because that would dirty a card of the old generation. */
    @SuppressWarnings("ReferenceEquality")
    private void label(String readingSite, String readingUnit) {
        if (site != readingSite) {
            site = readingSite;
        }
        if (unit != readingUnit) {
            unit = readingUnit;
        }
    }

    /** Returns whether the window holds a reading that no emitted row shows. */
    boolean pending() {
        return emittedCount < count;
    }

    /** Returns the sum; infinite if it is beyond the range of a double. */
    double sum() {
        if (exact != null) {
            return exact.sum();
        }
        double sum = runningSum + compensation;
        // Totals stored before format 7 may have overflowed. The plain sum then still has the right sign.
        return Double.isNaN(sum) ? runningSum : sum;
    }

    double mean() {
        if (exact != null) {
            return exact.mean(count);
        }
        double mean = sum() / count;
        return Double.isFinite(mean) ? mean : runningMean;
    }

    /** Returns the sample standard deviation, infinite beyond the range of a double; null if the window holds only one reading. */
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
