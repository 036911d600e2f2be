package dev.weir.core.model;

/**
 * One decoded value that has passed every check which needs no history.
 *
 * @param series sensor and metric
 * @param eventTimeMicros when the sensor measured, epoch microseconds UTC, truncated downward
 * @param value in {@code unit}, finite
 * @param unit UCUM code: the catalog's for a known metric, the event's own (may be null) for an unknown one
 * @param site where the sensor stands, or null
 * @param quality bits of {@link Flag}; 0 for a reading without a fault
 * @param origin position of the event that contained it
 * @param eventKey the event's key for a possible dead letter; null if it has none or it does not cross the exchange
 * @param eventValue the event's bytes for a possible dead letter; null if they do not cross the exchange
 * @param avroSchema the schema with which {@code eventValue} is written, as JSON; null unless the event is a row of an Avro or Parquet file
 * @param generation the generation of the pipeline's state that accepted it; before that 0 or the current one
 */
public record Reading(
        SeriesKey series,
        long eventTimeMicros,
        double value,
        String unit,
        String site,
        int quality,
        Origin origin,
        byte[] eventKey,
        byte[] eventValue,
        String avroSchema,
        int generation) {

    /** Creates a reading of an event that is no Avro record of a file. */
    public Reading(
            SeriesKey series,
            long eventTimeMicros,
            double value,
            String unit,
            String site,
            int quality,
            Origin origin,
            byte[] eventKey,
            byte[] eventValue,
            int generation) {
        this(series, eventTimeMicros, value, unit, site, quality, origin, eventKey, eventValue, null, generation);
    }

    /** Returns the reading without the event's bytes. A dead letter then has only the event's key. */
    public Reading withoutEventValue() {
        return new Reading(series, eventTimeMicros, value, unit, site, quality, origin, eventKey, null, generation);
    }

    /** Returns the reading with another event time and quality. */
    public Reading at(long micros, int newQuality) {
        return new Reading(
                series, micros, value, unit, site, newQuality, origin, eventKey, eventValue, avroSchema, generation);
    }

    /** Returns the reading as the series machine emits it: with its final quality and generation, without the event's key and bytes. */
    public Reading accepted(int quality, int generation) {
        if (quality == this.quality && generation == this.generation && eventKey == null && eventValue == null) {
            return this;
        }
        return new Reading(series, eventTimeMicros, value, unit, site, quality, origin, null, null, generation);
    }
}
