package dev.weir.bench.jmh;

import dev.weir.core.model.Aggregate;

/** An aggregate as Flink's documentation wants a type: public fields, and no serializer to write. */
public class AggregatePojo {
    public String sensorId;
    public String metric;
    public int windowSeconds;
    public long windowStartMicros;
    public String site;
    public String unit;
    public long count;
    public double sum;
    public double min;
    public double max;
    public double mean;
    public Double stddev;
    public double firstValue;
    public double lastValue;
    public long flaggedCount;
    public int generation;
    public boolean partial;

    static AggregatePojo of(Aggregate row) {
        AggregatePojo pojo = new AggregatePojo();
        pojo.sensorId = row.series().sensorId();
        pojo.metric = row.series().metric();
        pojo.windowSeconds = row.windowSeconds();
        pojo.windowStartMicros = row.windowStartMicros();
        pojo.site = row.site();
        pojo.unit = row.unit();
        pojo.count = row.count();
        pojo.sum = row.sum();
        pojo.min = row.min();
        pojo.max = row.max();
        pojo.mean = row.mean();
        pojo.stddev = row.stddev();
        pojo.firstValue = row.firstValue();
        pojo.lastValue = row.lastValue();
        pojo.flaggedCount = row.flaggedCount();
        pojo.generation = row.generation();
        pojo.partial = row.partial();
        return pojo;
    }
}
