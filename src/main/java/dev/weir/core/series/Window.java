package dev.weir.core.series;

/**
 * What one window of one series holds: running totals, never the readings. The sum is compensated (Neumaier, 1974) and the squared
 * deviations are Welford's (1962), so that a small spread around a great mean survives.
 */
final class Window {
    long startMicros;
    long count;
    long flaggedCount;
    /** Compensated: the sum is {@link #sum()}. */
    double runningSum;

    double compensation;
    double runningMean;
    double squaredDeviations;
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
        min = Double.POSITIVE_INFINITY;
        max = Double.NEGATIVE_INFINITY;
        firstTimeMicros = Long.MAX_VALUE;
        lastTimeMicros = Long.MIN_VALUE;
        emittedCount = 0;
    }

    /** The window holds one reading more. */
    void add(long timeMicros, double value, boolean flagged, String readingSite, String readingUnit) {
        count++;
        if (flagged) {
            flaggedCount++;
        }
        addToSum(value);
        double delta = value - runningMean;
        runningMean += delta / count;
        squaredDeviations += delta * (value - runningMean);
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

    double sum() {
        double sum = runningSum + compensation;
        // Past the range of a double the compensation is no number; the plain sum still says which way it went.
        return Double.isNaN(sum) ? runningSum : sum;
    }

    double mean() {
        double mean = sum() / count;
        return Double.isFinite(mean) ? mean : runningMean;
    }

    /** The sample standard deviation, or null when one reading is all there is. */
    Double stddev() {
        return count < 2 ? null : Math.sqrt(Math.max(0, squaredDeviations) / (count - 1));
    }

    private void addToSum(double value) {
        double next = runningSum + value;
        compensation +=
                Math.abs(runningSum) >= Math.abs(value) ? (runningSum - next) + value : (value - next) + runningSum;
        runningSum = next;
    }
}
