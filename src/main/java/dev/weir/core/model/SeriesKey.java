package dev.weir.core.model;

/** Names one series, the key of the stream: one metric of one sensor. */
public record SeriesKey(String sensorId, String metric) {

    /** Stable over JVMs and releases, for Flink assigns key groups by it. Do not simplify: a record's own hash is unspecified. */
    @Override
    public int hashCode() {
        return 31 * sensorId.hashCode() + metric.hashCode();
    }

    /** As a record's own, which goes through a method handle: that was 4 % of a job's time. */
    @Override
    public boolean equals(Object other) {
        return other instanceof SeriesKey that && metric.equals(that.metric) && sensorId.equals(that.sensorId);
    }
}
