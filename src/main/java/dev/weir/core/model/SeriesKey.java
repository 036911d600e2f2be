package dev.weir.core.model;

/** Names one series, the key of the stream: one metric of one sensor. */
public record SeriesKey(String sensorId, String metric) {

    /** Stable over JVMs and releases, for Flink assigns key groups by it. Do not simplify: a record's own hash is unspecified. */
    @Override
    public int hashCode() {
        return 31 * sensorId.hashCode() + metric.hashCode();
    }
}
