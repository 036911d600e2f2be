package dev.weir.bench;

/** A row of the plain job, and its accumulator before that. */
public class PlainWindow {
    public String sensorId;
    public String metric;
    /** Epoch milliseconds, UTC, inclusive. */
    public long windowStart;

    public String site;
    public String unit;
    public long count;
    public double sum;
    /** Of the squares of the distances from the mean (Welford). */
    public double squares;

    public double mean;
    public double min = Double.POSITIVE_INFINITY;
    public double max = Double.NEGATIVE_INFINITY;
    public long firstTime = Long.MAX_VALUE;
    public double firstValue;
    public long lastTime = Long.MIN_VALUE;
    public double lastValue;

    public PlainWindow() {}

    void add(PlainReading reading) {
        double value = reading.value;
        count++;
        sum += value;
        double distance = value - mean;
        mean += distance / count;
        squares += distance * (value - mean);
        min = Math.min(min, value);
        max = Math.max(max, value);
        if (reading.eventTime < firstTime) {
            firstTime = reading.eventTime;
            firstValue = value;
        }
        if (reading.eventTime > lastTime) {
            lastTime = reading.eventTime;
            lastValue = value;
            site = reading.site;
            unit = reading.unit;
        }
    }

    Double stddev() {
        return count == 1 ? null : Double.valueOf(Math.sqrt(squares / (count - 1)));
    }
}
