package dev.weir.testing.generate;

import dev.weir.core.catalog.Metric;
import dev.weir.core.catalog.Quota;
import dev.weir.core.catalog.Rate;
import dev.weir.core.catalog.Scaling;
import dev.weir.core.model.Flag;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Metrics for tests: begin with {@link #named}, add limits, {@link #build}. */
public final class TestMetrics {
    private final String name;
    private final String unit;
    private final double min;
    private final double max;
    private Rate maxRate;
    private Duration stuckAfter;
    private List<Double> sentinels = List.of();
    private Duration lateness;
    private final Map<Flag, Metric.Action> on = new EnumMap<>(Flag.class);
    private boolean optional;
    private Scaling scaling = Scaling.NONE;

    private TestMetrics(String name, String unit, double min, double max) {
        this.name = name;
        this.unit = unit;
        this.min = min;
        this.max = max;
    }

    /** A metric with a range and the default actions. */
    public static TestMetrics named(String name, String unit, double min, double max) {
        return new TestMetrics(name, unit, min, max);
    }

    /** A metric without any limit. */
    public static TestMetrics named(String name, String unit) {
        return new TestMetrics(name, unit, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    }

    public TestMetrics maxRate(String amount, Duration per, Metric.Action action) {
        maxRate = new Rate(new BigDecimal(amount), per);
        on.put(Flag.SPIKE, action);
        return this;
    }

    public TestMetrics stuckAfter(Duration after, Metric.Action action) {
        stuckAfter = after;
        on.put(Flag.STUCK, action);
        return this;
    }

    public TestMetrics sentinels(Double... values) {
        sentinels = List.of(values);
        return this;
    }

    public TestMetrics lateness(Duration duration) {
        lateness = duration;
        return this;
    }

    public TestMetrics flagOutOfRange() {
        on.put(Flag.OUT_OF_RANGE, Metric.Action.FLAG);
        return this;
    }

    public TestMetrics optional() {
        optional = true;
        return this;
    }

    public TestMetrics scaled(String scale, String offset) {
        scaling = new Scaling(scaling.values(), new BigDecimal(scale), new BigDecimal(offset));
        return this;
    }

    public TestMetrics values(Map<String, Double> numbers) {
        scaling = new Scaling(numbers, scaling.scale(), scaling.offset());
        return this;
    }

    public Metric build() {
        Metric.Limits limits = new Metric.Limits(min, max, maxRate, stuckAfter, sentinels);
        return new Metric(name, unit, limits, on, lateness, optional, scaling);
    }

    static Metric withoutLateness(Metric m) {
        return new Metric(m.name(), m.unit(), m.limits(), m.on(), null, m.optional(), m.scaling());
    }

    public static Quota quota(String amount, Duration per, long burst) {
        return new Quota(new Rate(new BigDecimal(amount), per), burst);
    }

    /** Four metrics that between them use every rule with each of its actions. The limit of a new rule is set here. */
    static List<Metric> climate() {
        return climateOfFirstRelease();
    }

    /**
     * The metrics with the rules of the first release. Do not change: kept savepoints and pinned fingerprints depend on every limit. When
     * {@link #climate} gets a limit more, it becomes a list of its own, and this one stays.
     */
    static List<Metric> climateOfFirstRelease() {
        Duration minute = Duration.ofMinutes(1);
        return List.of(
                named("temperature", "Cel", -40, 125)
                        .maxRate("10", minute, Metric.Action.FLAG)
                        .stuckAfter(minute.multipliedBy(10), Metric.Action.FLAG)
                        .sentinels(-9999.0)
                        .build(),
                named("humidity", "%", 0, 100)
                        .flagOutOfRange()
                        .stuckAfter(minute.multipliedBy(5), Metric.Action.REJECT)
                        .sentinels(-1.0, 255.0)
                        .lateness(minute.multipliedBy(10))
                        .build(),
                named("pressure", "hPa", 300, 1100)
                        .maxRate("120", minute.multipliedBy(60), Metric.Action.REJECT)
                        .lateness(Duration.ofSeconds(10))
                        .build(),
                named("battery", "V").optional().build());
    }

    /** Metrics that are not sent as the numbers that they are. */
    static List<Metric> registers() {
        Duration minute = Duration.ofMinutes(1);
        return List.of(
                named("temperature", "Cel", -40, 125)
                        .scaled("0.1", "-40")
                        .maxRate("10", minute, Metric.Action.FLAG)
                        .sentinels(65535.0)
                        .build(),
                named("humidity", "%", 0, 100)
                        .scaled("0.5", "0")
                        .flagOutOfRange()
                        .stuckAfter(minute.multipliedBy(5), Metric.Action.REJECT)
                        .sentinels(255.0)
                        .build(),
                named("pressure", "hPa", 300, 1100).scaled("1", "300").build(),
                named("battery", "V").optional().scaled("0.001", "0").build(),
                named("contact", null, 0, 1)
                        .values(Map.of("ON", 1.0, "OFF", 0.0, "true", 1.0, "false", 0.0, "ajar", 0.5, "broken", 7.0))
                        .build());
    }

    /** The limits of the README of the data. */
    static List<Metric> beijing() {
        return List.of(
                named("PM2.5", "ug/m3", 0, 950).build(),
                named("PM10", "ug/m3", 0, 990).build(),
                named("SO2", "ug/m3", 0, 400).build(),
                named("NO2", "ug/m3", 0, 280).build(),
                named("CO", "ug/m3", 0, 9900).build(),
                named("O3", "ug/m3", 0, 450).build(),
                named("TEMP", "Cel", -25, 42).build(),
                named("PRES", "hPa", 975, 1045).build(),
                named("DEWP", "Cel", -40, 30).build(),
                named("RAIN", "mm", 0, 60).build(),
                named("WSPM", "m/s", 0, 15).build());
    }

    /** The limits of the README of the data. */
    static List<Metric> intel() {
        return List.of(
                named("temperature", "Cel", -10, 60).build(),
                named("humidity", "%", 0, 100).build(),
                named("light", "lx", 0, 100_000).build(),
                named("voltage", "V", 1.8, 3.3).build());
    }
}
