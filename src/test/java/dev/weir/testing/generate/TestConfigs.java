package dev.weir.testing.generate;

import dev.weir.config.WeirConfig;
import dev.weir.core.catalog.Catalog;
import dev.weir.core.catalog.Input;
import dev.weir.core.catalog.Metric;
import dev.weir.core.catalog.Quota;
import dev.weir.core.catalog.TimeSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Configurations for tests, one per layout of input. They name no lake and no PostgreSQL: see {@link #withSinks}. */
public final class TestConfigs {
    public static final String TOPIC = "readings";
    private static final Set<String> NULL_TEXTS = Set.of("", "NA", "NAN");

    private TestConfigs() {}

    /** One reading per JSON object, units sent along; a quota; unknown metrics rejected; every action of the rules in use. */
    public static WeirConfig longJson() {
        return config(
                new Catalog(longInput(false), climate(), false, TestMetrics.quota("2", Duration.ofSeconds(1), 20)));
    }

    /** As {@link #longJson}, but unknown metrics are accepted, numbers may stand in quotes, and there is no quota. */
    public static WeirConfig lenientLongJson() {
        return config(new Catalog(longInput(true), climate(), true, null));
    }

    /** All metrics in one nested JSON object, found by pointers; battery is optional. */
    public static WeirConfig wideJson() {
        Map<String, String> readings = new LinkedHashMap<>();
        readings.put("temperature", "/data/temperature");
        readings.put("humidity", "/data/humidity");
        readings.put("pressure", "pressure");
        readings.put("battery", "/data/battery");
        Input.EventTime time = Input.EventTime.named(List.of("time"), List.of("iso-8601", "epoch-millis"), "UTC");
        Input input = Input.flat(
                Input.Format.JSON,
                Input.Fields.named("/device/id", time, null, null, null, "/device/site"),
                readings,
                null,
                NULL_TEXTS,
                false);
        return config(new Catalog(input, climate(), false, null));
    }

    /** All metrics in one CSV row, local time in two columns, semicolons. */
    public static WeirConfig csvWide() {
        Map<String, String> readings = new LinkedHashMap<>();
        for (String metric : List.of("temperature", "humidity", "pressure", "battery")) {
            readings.put(metric, metric);
        }
        Input.EventTime time =
                Input.EventTime.named(List.of("date", "clock"), List.of("yyyy-MM-dd HH:mm:ss.SSS"), "Asia/Shanghai");
        List<String> header =
                List.of("id", "date", "clock", "temperature", "humidity", "pressure", "battery", "ignored", "site");
        Input.Csv csv = new Input.Csv(header, ';', false);
        Input input = Input.flat(
                Input.Format.CSV,
                Input.Fields.named("id", time, null, null, null, "site"),
                readings,
                csv,
                NULL_TEXTS,
                false);
        return config(new Catalog(input, climate(), false, null));
    }

    /** One reading per CSV row, epoch seconds with a fraction. */
    public static WeirConfig csvLong() {
        Input.EventTime time = Input.EventTime.named(List.of("ts"), List.of("epoch-seconds"), "UTC");
        Input.Csv csv = new Input.Csv(List.of("sensor", "ts", "metric", "value", "unit", "site"), ',', false);
        Input input = Input.flat(
                Input.Format.CSV,
                Input.Fields.named("sensor", time, "metric", "value", "unit", "site"),
                Map.of(),
                csv,
                NULL_TEXTS,
                false);
        Quota quota = TestMetrics.quota("90", Duration.ofMinutes(1), 10);
        return config(new Catalog(input, climate(), false, quota));
    }

    /** The Beijing set, as its files are: wd unmapped, the limits of its README, and nothing else judged. */
    public static WeirConfig beijing() {
        Map<String, String> readings = new LinkedHashMap<>();
        Map<String, Metric> metrics = new LinkedHashMap<>();
        for (Metric metric : TestMetrics.beijing()) {
            readings.put(metric.name(), metric.name());
            metrics.put(metric.name(), metric);
        }
        List<String> header = List.of(
                ("No year month day hour PM2.5 PM10 SO2 NO2 CO O3 TEMP PRES DEWP RAIN wd WSPM station").split(" ", -1));
        Input.EventTime time =
                Input.EventTime.named(List.of("year", "month", "day", "hour"), List.of("yyyy M d H"), "Asia/Shanghai");
        Input.Csv csv = new Input.Csv(header, ',', false);
        Input input = Input.flat(
                Input.Format.CSV,
                Input.Fields.named("station", time, null, null, null, "station"),
                readings,
                csv,
                NULL_TEXTS,
                false);
        Catalog catalog = new Catalog(input, metrics, false, null);
        List<Duration> windows = List.of(Duration.ofDays(1), Duration.ofDays(7));
        return config(catalog, time(Duration.ofHours(1), Duration.ofHours(3)), windows);
    }

    /** The Intel slice, as its file is, with the limits of its README. */
    public static WeirConfig intel(Duration lateness) {
        Map<String, String> readings = new LinkedHashMap<>();
        Map<String, Metric> metrics = new LinkedHashMap<>();
        for (Metric metric : TestMetrics.intel()) {
            readings.put(metric.name(), metric.name());
            metrics.put(metric.name(), metric);
        }
        List<String> header = List.of("date", "time", "epoch", "moteid", "temperature", "humidity", "light", "voltage");
        Input.EventTime time = Input.EventTime.named(List.of("date", "time"), List.of("iso-8601"), "UTC");
        Input.Csv csv = new Input.Csv(header, ' ', false);
        Input input = Input.flat(
                Input.Format.CSV,
                Input.Fields.named("moteid", time, null, null, null, null),
                readings,
                csv,
                NULL_TEXTS,
                false);
        Duration disorder = lateness.compareTo(Duration.ofSeconds(10)) < 0 ? lateness : Duration.ofSeconds(10);
        List<Duration> windows = List.of(Duration.ofMinutes(1), Duration.ofHours(1));
        return config(new Catalog(input, metrics, false, null), time(disorder, lateness), windows);
    }

    /** The same verdicts with another way in and out. */
    public static WeirConfig withSinks(
            WeirConfig config, WeirConfig.Kafka kafka, WeirConfig.Lake lake, WeirConfig.Postgres postgres) {
        return new WeirConfig(
                config.pipeline(),
                kafka,
                config.time(),
                config.windows(),
                config.stateRetention(),
                lake,
                postgres,
                config.deadLetters(),
                config.rewind(),
                config.catalog());
    }

    /**
     * The same layout with the limits of the first release, so that the fingerprint stays when {@link TestMetrics#climate} gets the limit
     * of a new rule.
     */
    public static WeirConfig ofFirstRelease(WeirConfig config) {
        Catalog now = config.catalog();
        Map<String, Metric> metrics = byName(TestMetrics.climateOfFirstRelease());
        Catalog catalog = new Catalog(now.inputs().get(0), metrics, now.acceptUnknownMetrics(), now.quota());
        return config(catalog, config.time(), config.windows());
    }

    /** The same with events in these topics. */
    static WeirConfig withTopics(WeirConfig config, List<String> topics) {
        WeirConfig.Kafka old = config.kafka();
        WeirConfig.Kafka kafka = new WeirConfig.Kafka(
                old.bootstrapServers(), topics, null, old.group(), old.start(), old.stop(), old.properties());
        return withSinks(config, kafka, config.lake(), config.postgres());
    }

    /** The same with another name for each topic, also in the catalog: the prefix, a point, and the old one. */
    public static WeirConfig inTopics(WeirConfig config, String prefix) {
        Catalog old = config.catalog();
        List<Input> inputs = new ArrayList<>();
        for (Input input : old.inputs()) {
            List<String> names = prefixed(prefix, input.topics().names());
            Input.Topics topics = new Input.Topics(names, input.topics().pattern());
            inputs.add(new Input(topics, input.payload(), input.fields(), input.readings(), input.texts()));
        }
        WeirConfig renamed = withTopics(config, prefixed(prefix, config.kafka().topics()));
        return new WeirConfig(
                renamed.pipeline(),
                renamed.kafka(),
                renamed.time(),
                renamed.windows(),
                renamed.stateRetention(),
                renamed.lake(),
                renamed.postgres(),
                renamed.deadLetters(),
                renamed.rewind(),
                new Catalog(inputs, old.metrics(), old.unknownMetric(), old.quota()));
    }

    private static List<String> prefixed(String prefix, List<String> topics) {
        return topics.stream().map(topic -> prefix + '.' + topic).toList();
    }

    /** The input that describes what the device of that number sends. */
    static Input inputOf(WeirConfig config, int device) {
        List<Input> inputs = config.catalog().inputs();
        return inputs.get(device % inputs.size());
    }

    /** The topic to which the device of that number sends. */
    static String topicOf(WeirConfig config, int device) {
        List<String> topics = config.kafka().topics();
        return topics.isEmpty() ? TestConfigs.TOPIC : topics.get(device % topics.size());
    }

    /** The same limits for another layout. */
    public static WeirConfig withInput(WeirConfig config, Input input) {
        Catalog old = config.catalog();
        Catalog catalog = new Catalog(input, old.metrics(), old.acceptUnknownMetrics(), old.quota());
        return config(catalog, config.time(), config.windows());
    }

    /** The same fields for another reading of rows. */
    public static Input withCsv(Input input, Input.Csv csv) {
        Input.Payload payload =
                new Input.Payload(input.format(), input.payload().openings(), csv, null);
        return new Input(input.topics(), payload, input.fields(), input.readings(), input.texts());
    }

    /** The same but for lateness and disorder of nothing: a reading behind another of its series is lost, so that order shows. */
    public static WeirConfig withoutLateness(WeirConfig config) {
        Catalog old = config.catalog();
        Map<String, Metric> metrics = new LinkedHashMap<>();
        old.metrics().values().forEach(m -> metrics.put(m.name(), TestMetrics.withoutLateness(m)));
        Catalog catalog = new Catalog(old.inputs(), metrics, old.unknownMetric(), old.quota());
        return config(catalog, time(Duration.ZERO, Duration.ZERO), config.windows());
    }

    /** A configuration for verdicts: Kafka is named but not there, and there are no sinks. */
    public static WeirConfig config(Catalog catalog, TimeSettings time, List<Duration> windows) {
        WeirConfig.Kafka kafka = new WeirConfig.Kafka(
                "127.0.0.1:9092",
                List.of(TOPIC),
                null,
                "weir",
                new WeirConfig.Start(WeirConfig.Start.Mode.EARLIEST, null),
                new WeirConfig.Stop(WeirConfig.Stop.Mode.LATEST, null),
                Map.of("isolation.level", "read_committed"));
        WeirConfig.DeadLetters deadLetters =
                new WeirConfig.DeadLetters(TOPIC + "-dlq", WeirConfig.DeadLetters.Payload.ORIGINAL);
        return new WeirConfig(
                "weir", kafka, time, windows, Duration.ofDays(30), null, null, deadLetters, false, catalog);
    }

    public static TimeSettings time(Duration disorder, Duration lateness) {
        return new TimeSettings(
                disorder,
                lateness,
                Duration.ofMinutes(5),
                Duration.ofSeconds(30),
                Instant.parse("2001-01-01T00:00:00Z"));
    }

    private static WeirConfig config(Catalog catalog) {
        List<Duration> windows = List.of(Duration.ofSeconds(10), Duration.ofMinutes(1), Duration.ofHours(1));
        return config(catalog, time(Duration.ofSeconds(10), Duration.ofMinutes(2)), windows);
    }

    private static Input longInput(boolean lenient) {
        Input.EventTime time = Input.EventTime.named(List.of("event_time"), List.of("epoch-millis", "iso-8601"), "UTC");
        return Input.flat(
                Input.Format.JSON,
                Input.Fields.named("sensor_id", time, "metric", "value", "unit", "site"),
                Map.of(),
                null,
                NULL_TEXTS,
                lenient);
    }

    private static Map<String, Metric> climate() {
        return byName(TestMetrics.climate());
    }

    private static Map<String, Metric> byName(List<Metric> all) {
        Map<String, Metric> metrics = new LinkedHashMap<>();
        all.forEach(metric -> metrics.put(metric.name(), metric));
        return metrics;
    }
}
