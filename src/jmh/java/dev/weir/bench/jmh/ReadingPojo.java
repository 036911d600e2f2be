package dev.weir.bench.jmh;

import dev.weir.core.model.Reading;

/** A reading as Flink's documentation wants a type: public fields, and no serializer to write. */
public class ReadingPojo {
    public String sensorId;
    public String metric;
    public long eventTimeMicros;
    public double value;
    public String unit;
    public String site;
    public int quality;
    public String topic;
    public int partition;
    public long offset;
    public long timestampMillis;
    public int generation;

    static ReadingPojo of(Reading reading) {
        ReadingPojo pojo = new ReadingPojo();
        pojo.sensorId = reading.series().sensorId();
        pojo.metric = reading.series().metric();
        pojo.eventTimeMicros = reading.eventTimeMicros();
        pojo.value = reading.value();
        pojo.unit = reading.unit();
        pojo.site = reading.site();
        pojo.quality = reading.quality();
        pojo.topic = reading.origin().topic();
        pojo.partition = reading.origin().partition();
        pojo.offset = reading.origin().offset();
        pojo.timestampMillis = reading.origin().timestampMillis();
        pojo.generation = reading.generation();
        return pojo;
    }
}
