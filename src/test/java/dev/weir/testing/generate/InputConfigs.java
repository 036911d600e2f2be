package dev.weir.testing.generate;

import dev.weir.config.WeirConfig;
import dev.weir.core.catalog.Avro;
import dev.weir.core.catalog.Catalog;
import dev.weir.core.catalog.FieldSource;
import dev.weir.core.catalog.FieldSource.Constant;
import dev.weir.core.catalog.FieldSource.Field;
import dev.weir.core.catalog.FieldSource.Header;
import dev.weir.core.catalog.FieldSource.Join;
import dev.weir.core.catalog.FieldSource.Key;
import dev.weir.core.catalog.FieldSource.Match;
import dev.weir.core.catalog.FieldSource.Timestamp;
import dev.weir.core.catalog.FieldSource.Topic;
import dev.weir.core.catalog.Input;
import dev.weir.core.catalog.Metric;
import dev.weir.core.catalog.Opening;
import dev.weir.core.catalog.Opening.Kind;
import dev.weir.core.catalog.Quota;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Configurations for tests of what version 2 of the catalog adds: items, sources, wildcards, several inputs, scaling. */
public final class InputConfigs {
    private static final Set<String> NULL_TEXTS = Set.of("", "NA", "NAN");
    private static final Input.Texts PLAIN = new Input.Texts(NULL_TEXTS, false);

    private InputConfigs() {}

    /** Every configuration here. */
    public static List<WeirConfig> all() {
        return List.of(
                gateway(),
                nested(),
                wildcard(),
                wrapped(),
                topics(),
                avro(),
                avroBatch(),
                semicolons(),
                bareRows(),
                registers(),
                senml());
    }

    /** A gateway's array of readings in the long layout; the sensor is made of gateway and node; unknown metrics are no readings. */
    public static WeirConfig gateway() {
        FieldSource sensor = new Join(List.of(new Field("^/gateway"), new Field("/node")), "/");
        Input.Fields fields = new Input.Fields(
                sensor,
                time(List.of("epoch-millis", "iso-8601"), "UTC", new Field("/ts")),
                new Field("/name"),
                new Field("/v"),
                new Field("/u"),
                new Field("^/site"));
        Input input = json(List.of(new Opening(Kind.EACH, "/readings")), fields, Input.Readings.NONE, PLAIN);
        return config(
                List.of(input),
                TestMetrics.climate(),
                Catalog.UnknownMetric.IGNORE,
                TestMetrics.quota("2", Duration.ofSeconds(1), 20));
    }

    /** Arrays in arrays: the samples of each device, with what all of them share further out. */
    public static WeirConfig nested() {
        Map<String, FieldSource> readings = new LinkedHashMap<>();
        readings.put("temperature", new Field("/temp"));
        readings.put("humidity", new Field("/more/0/h"));
        readings.put("pressure", new Field("^/pressure"));
        readings.put("battery", new Field("^^/battery"));
        Input.Fields fields = new Input.Fields(
                new Field("^/id"),
                time(List.of("iso-8601", "epoch-micros"), "UTC", new Field("t")),
                null,
                null,
                null,
                new Field("^^/site"));
        List<Opening> openings = List.of(new Opening(Kind.EACH, "/devices"), new Opening(Kind.EACH, "/samples"));
        return config(
                List.of(json(openings, fields, new Input.Readings(readings, null), PLAIN)),
                TestMetrics.climate(),
                Catalog.UnknownMetric.REJECT,
                null);
    }

    /** A network server's uplink: the members of a nested object are readings, but for one that is the site; one more is listed. */
    public static WeirConfig wildcard() {
        Input.Fields fields = new Input.Fields(
                new Match(new Field("/ids/device"), "eui-(.+)"),
                time(List.of("iso-8601"), "UTC", new Field("/received_at")),
                null,
                null,
                null,
                new Field("/uplink/decoded/room"));
        Map<String, FieldSource> listed = Map.of("battery", new Field("/uplink/battery/value"));
        Input input = json(List.of(), fields, new Input.Readings(listed, "/uplink/decoded"), PLAIN);
        return config(List.of(input), TestMetrics.climate(), Catalog.UnknownMetric.ACCEPT, null);
    }

    /** JSON in a text, in it JSON in base64, in it an array. */
    public static WeirConfig wrapped() {
        Input.Fields fields = new Input.Fields(
                new Field("^^^/device"),
                time(List.of("epoch-millis"), "UTC", new Field("/t")),
                new Field("/m"),
                new Field("/v"),
                new Field("^/u"),
                new Field("^^/site"));
        List<Opening> openings = List.of(
                new Opening(Kind.UNWRAP, "/payload"),
                new Opening(Kind.UNWRAP_BASE64, "/data"),
                new Opening(Kind.EACH, "/r"));
        return config(
                List.of(json(openings, fields, Input.Readings.NONE, new Input.Texts(NULL_TEXTS, true))),
                TestMetrics.climate(),
                Catalog.UnknownMetric.REJECT,
                null);
    }

    /**
     * Three inputs, by a pattern, by a name, and the rest: members of the event as readings of the sensor in the key; bare numbers with
     * all else in key and headers; a number in a text behind a name.
     */
    public static WeirConfig topics() {
        Input switches = input(
                new Input.Topics(List.of(), "(?:.*\\.)?switches\\..+"),
                new Input.Fields(
                        new Key(null),
                        time(List.of("iso-8601"), "UTC", new Timestamp()),
                        null,
                        null,
                        null,
                        new Topic("(?:.*\\.)?switches\\.(.+)")),
                new Input.Readings(Map.of(), ""));
        Input meters = input(
                new Input.Topics(List.of("meters"), null),
                new Input.Fields(
                        new Key("/id"),
                        time(List.of("epoch-millis", "iso-8601"), "UTC", new Header("time")),
                        new Header("metric"),
                        new Field(""),
                        new Header("unit"),
                        new Key("/site")),
                Input.Readings.NONE);
        Input others = input(
                Input.Topics.REST,
                new Input.Fields(
                        new Match(new Header("device"), "dev/(.+)"),
                        time(List.of("iso-8601"), "UTC", new Match(new Field("when"), "at (.+)")),
                        new Join(List.of(new Constant("temper"), new Constant("ature")), ""),
                        new Match(new Field("/text"), "T=(.*)"),
                        null,
                        new Constant("yard")),
                Input.Readings.NONE);
        WeirConfig config =
                config(List.of(switches, meters, others), TestMetrics.climate(), Catalog.UnknownMetric.IGNORE, null);
        return TestConfigs.withTopics(config, List.of("switches.hall", "meters", "others"));
    }

    /** German rows: decimal commas, points between thousands, single quotes, local time, and lines that are no rows. */
    public static WeirConfig semicolons() {
        List<String> header = List.of("when", "id", "temperature", "humidity", "pressure", "battery", "site");
        Input.Csv csv = new Input.Csv(header, ';', false, '\'', "^(#|when;)");
        return config(
                List.of(rows(csv, new Input.Texts(NULL_TEXTS, false, ',', '.'))),
                TestMetrics.climate(),
                Catalog.UnknownMetric.REJECT,
                null);
    }

    /** Rows without quotes, with blanks between thousands. */
    public static WeirConfig bareRows() {
        List<String> header = List.of("id", "when", "temperature", "pressure", "humidity", "site", "battery");
        Input.Csv csv = new Input.Csv(header, '|', true, Input.Csv.NO_QUOTE, null);
        return config(
                List.of(rows(csv, new Input.Texts(NULL_TEXTS, false, '.', ' '))),
                TestMetrics.climate(),
                Catalog.UnknownMetric.REJECT,
                null);
    }

    /** Registers with a factor and an offset, and switches that say ON and OFF; times of any magnitude. */
    public static WeirConfig registers() {
        Map<String, FieldSource> readings = new LinkedHashMap<>();
        for (String metric : List.of("temperature", "humidity", "pressure", "battery", "contact")) {
            readings.put(metric, new Field(metric));
        }
        Input.Fields fields = new Input.Fields(
                new Field("id"),
                time(List.of("epoch-auto", "iso-8601"), "UTC", new Field("ts")),
                null,
                null,
                null,
                new Field("site"));
        Input.Texts texts = new Input.Texts(NULL_TEXTS, true, ',', '\'');
        Input input = json(List.of(), fields, new Input.Readings(readings, null), texts);
        return config(List.of(input), TestMetrics.registers(), Catalog.UnknownMetric.REJECT, null);
    }

    /** Packs whose names are sensor and metric. */
    public static WeirConfig senml() {
        Input.Fields fields = new Input.Fields(
                new Match(new Field("n"), "(.+):[^:]*"),
                time(List.of(), "UTC", new Field("t")),
                new Match(new Field("n"), ".*:(.+)"),
                new Field("v"),
                new Field("u"),
                null);
        Input.Payload payload = new Input.Payload(Input.Format.SENML, List.of(), null, null);
        Input input = new Input(Input.Topics.REST, payload, fields, Input.Readings.NONE, PLAIN);
        return config(List.of(input), TestMetrics.climate(), Catalog.UnknownMetric.REJECT, null);
    }

    /** A reading in each body. */
    public static WeirConfig avro() {
        Input.Fields fields = new Input.Fields(
                new Field("device"),
                time(List.of("iso-8601"), "UTC", new Field("at")),
                new Field("metric"),
                new Field("/value"),
                new Field("unit"),
                new Field("place"));
        return avro(AvroWriter.READING, List.of(), fields, Input.Readings.NONE);
    }

    /** An array of samples, whose readings are a map. */
    public static WeirConfig avroBatch() {
        Input.Fields fields = new Input.Fields(
                new Join(List.of(new Field("^/gateway"), new Field("/id")), "/"),
                time(List.of("iso-8601"), "UTC", new Field("/at")),
                null,
                null,
                null,
                new Field("^/place"));
        List<Opening> openings = List.of(new Opening(Kind.EACH, "/samples"));
        return avro(AvroWriter.BATCH, openings, fields, new Input.Readings(Map.of(), "/data"));
    }

    private static WeirConfig avro(
            String schema, List<Opening> openings, Input.Fields fields, Input.Readings readings) {
        Input.Payload payload = new Input.Payload(Input.Format.AVRO, openings, null, new Avro(schema, null));
        Input input = new Input(Input.Topics.REST, payload, fields, readings, PLAIN);
        return config(List.of(input), TestMetrics.climate(), Catalog.UnknownMetric.REJECT, null);
    }

    private static Input.EventTime time(List<String> formats, String zone, FieldSource... sources) {
        return new Input.EventTime(List.of(sources), formats, zone, Input.Overlap.EARLIER);
    }

    private static Input json(List<Opening> openings, Input.Fields fields, Input.Readings readings, Input.Texts texts) {
        Input.Payload payload = new Input.Payload(Input.Format.JSON, openings, null, null);
        return new Input(Input.Topics.REST, payload, fields, readings, texts);
    }

    private static Input input(Input.Topics topics, Input.Fields fields, Input.Readings readings) {
        Input.Payload payload = new Input.Payload(Input.Format.JSON, List.of(), null, null);
        return new Input(topics, payload, fields, readings, PLAIN);
    }

    private static Input rows(Input.Csv csv, Input.Texts texts) {
        Map<String, FieldSource> readings = new LinkedHashMap<>();
        List<String> others = List.of("id", "when", "site");
        csv.header().stream()
                .filter(column -> !others.contains(column))
                .forEach(metric -> readings.put(metric, new Field(metric)));
        Input.Fields fields = new Input.Fields(
                new Field("id"),
                time(List.of("dd.MM.yyyy HH:mm:ss.SSS"), "Europe/Berlin", new Field("when")),
                null,
                null,
                null,
                new Field("site"));
        Input.Payload payload = new Input.Payload(Input.Format.CSV, List.of(), csv, null);
        return new Input(Input.Topics.REST, payload, fields, new Input.Readings(readings, null), texts);
    }

    static WeirConfig config(List<Input> inputs, List<Metric> metrics, Catalog.UnknownMetric unknown, Quota quota) {
        Map<String, Metric> byName = new LinkedHashMap<>();
        metrics.forEach(metric -> byName.put(metric.name(), metric));
        List<Duration> windows = List.of(Duration.ofSeconds(10), Duration.ofMinutes(1));
        return TestConfigs.config(
                new Catalog(inputs, byName, unknown, quota),
                TestConfigs.time(Duration.ofSeconds(10), Duration.ofMinutes(2)),
                windows);
    }
}
