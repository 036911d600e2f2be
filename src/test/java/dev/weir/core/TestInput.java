package dev.weir.core;

import dev.weir.core.catalog.FieldSource;
import dev.weir.core.catalog.Input;
import dev.weir.core.catalog.Opening;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes an input with little text. At first it is JSON of the long layout, with a field for each part but the unit and the site. */
public final class TestInput {
    private Input.Topics topics = Input.Topics.REST;
    private Input.Format format = Input.Format.JSON;
    private final List<Opening> openings = new ArrayList<>();
    private Input.Csv csv;
    private FieldSource sensor = FieldSource.field("sensor");
    private List<FieldSource> time = List.of(FieldSource.field("time"));
    private List<String> formats = List.of("epoch-millis");
    private FieldSource metric = FieldSource.field("metric");
    private FieldSource value = FieldSource.field("value");
    private FieldSource unit;
    private FieldSource site;
    private final Map<String, FieldSource> readings = new LinkedHashMap<>();
    private String wildcard;
    private Input.Texts texts = new Input.Texts(Set.of("", "NA"), false);

    public Input build() {
        boolean wide = wildcard != null || !readings.isEmpty();
        return new Input(
                topics,
                new Input.Payload(format, openings, csv, null),
                new Input.Fields(
                        sensor,
                        new Input.EventTime(time, formats, "UTC", Input.Overlap.EARLIER),
                        wide ? null : metric,
                        wide ? null : value,
                        unit,
                        site),
                new Input.Readings(readings, wildcard),
                texts);
    }

    public TestInput topics(String pattern, String... names) {
        topics = new Input.Topics(List.of(names), pattern);
        return this;
    }

    public TestInput senml() {
        format = Input.Format.SENML;
        return time("t").formats().sensor("n").value("v").unit("u");
    }

    public TestInput csv(Input.Csv rows) {
        format = Input.Format.CSV;
        csv = rows;
        return this;
    }

    public TestInput each(String pointer) {
        openings.add(new Opening(Opening.Kind.EACH, pointer));
        return this;
    }

    public TestInput unwrap(String pointer) {
        openings.add(new Opening(Opening.Kind.UNWRAP, pointer));
        return this;
    }

    public TestInput sensor(String field) {
        return sensor(FieldSource.field(field));
    }

    public TestInput sensor(FieldSource source) {
        sensor = source;
        return this;
    }

    public TestInput time(String field) {
        return time(FieldSource.field(field));
    }

    public TestInput time(FieldSource... sources) {
        time = List.of(sources);
        return this;
    }

    /** The event time is the record's timestamp. */
    public TestInput arrival() {
        return time(new FieldSource.Timestamp()).formats();
    }

    public TestInput formats(String... all) {
        formats = List.of(all);
        return this;
    }

    public TestInput metric(FieldSource source) {
        metric = source;
        return this;
    }

    public TestInput metric(String field) {
        return metric(FieldSource.field(field));
    }

    public TestInput value(String field) {
        return value(FieldSource.field(field));
    }

    public TestInput value(FieldSource source) {
        value = source;
        return this;
    }

    public TestInput unit(String field) {
        unit = FieldSource.field(field);
        return this;
    }

    public TestInput site(FieldSource source) {
        site = source;
        return this;
    }

    public TestInput reading(String name, String field) {
        return reading(name, FieldSource.field(field));
    }

    public TestInput reading(String name, FieldSource source) {
        readings.put(name, source);
        return this;
    }

    public TestInput wildcard(String pointer) {
        wildcard = pointer;
        return this;
    }

    public TestInput texts(boolean lenient, char decimal, char grouping) {
        texts = new Input.Texts(texts.nullValues(), lenient, decimal, grouping);
        return this;
    }
}
