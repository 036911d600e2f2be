package dev.weir.core.model;

/** The key of a series, and of the stream: one metric of one sensor. */
public record SeriesKey(String sensorId, String metric) {

    /**
     * Returns a hash that is the same in all JVMs and releases, because Flink assigns key groups by it. Do not simplify: a record's
     * generated hash is unspecified.
     */
    @Override
    public int hashCode() {
        return 31 * sensorId.hashCode() + metric.hashCode();
    }

    /** Does the same as the generated method. That one goes through a method handle, which took 4 % of a job's time. */
    @Override
    public boolean equals(Object other) {
        return other instanceof SeriesKey that && metric.equals(that.metric) && sensorId.equals(that.sensorId);
    }
}
