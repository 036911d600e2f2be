package dev.weir.bench;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.apache.avro.reflect.Nullable;

/** A reading of the plain job, as Jackson reads it, Flink's POJO serializer writes it, and Avro's reflection puts it into Parquet. */
@JsonIgnoreProperties(ignoreUnknown = true)
public class PlainReading {
    @JsonProperty("sensor_id")
    public String sensorId;

    public String metric;

    /** Epoch milliseconds, UTC. */
    @JsonProperty("event_time")
    public long eventTime;

    @Nullable
    public Double value;

    @Nullable
    public String unit;

    @Nullable
    public String site;

    public PlainReading() {}
}
