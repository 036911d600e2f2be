package dev.weir.testing.catalogtest;

import dev.weir.config.parse.Durations;
import dev.weir.config.parse.NearestKey;
import dev.weir.config.parse.YamlNode;
import dev.weir.core.model.AggregateColumns;
import dev.weir.core.model.Column;
import dev.weir.core.model.Flag;
import dev.weir.core.model.Reason;
import dev.weir.core.model.SeriesKey;
import dev.weir.testing.catalogtest.WeirTestFile.ExpectedReading;
import dev.weir.testing.catalogtest.WeirTestFile.ExpectedReject;
import dev.weir.testing.catalogtest.WeirTestFile.ExpectedWindow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads {@code expected} and {@code windows}. */
final class ExpectedReader {
    private static final List<String> ENTRY = List.of("event", "sensor", "event-time", "site", "readings", "rejects");
    private static final List<String> READING = List.of("value", "unit", "flags");
    private static final List<String> REJECT = List.of("reason", "metric", "detail");
    private static final List<String> WINDOW_KEY = List.of("sensor", "metric", "length", "start");
    /** Columns of a row that a test may name: all but its key, and those of its life in the tables. */
    private static final List<String> WINDOW_COLUMNS = AggregateColumns.ALL.stream()
            .map(Column::name)
            .filter(name -> !List.of(
                            "sensor_id",
                            "metric",
                            "window_seconds",
                            "window_start",
                            "revision",
                            "generation",
                            "partial")
                    .contains(name))
            .map(name -> name.replace('_', '-'))
            .toList();

    private final int events;
    private final List<ExpectedReading> readings = new ArrayList<>();
    private final List<ExpectedReject> rejects = new ArrayList<>();
    private final List<ExpectedWindow> windows = new ArrayList<>();
    private final Set<Integer> named = new HashSet<>();

    /** @param events number of events that are given */
    ExpectedReader(int events) {
        this.events = events;
    }

    List<ExpectedReading> readings() {
        return readings;
    }

    List<ExpectedReject> rejects() {
        return rejects;
    }

    List<ExpectedWindow> windows() {
        return windows;
    }

    void read(Keys file) {
        file.entries("expected", ENTRY).forEach(this::entry);
        for (int event = 1; event <= events; event++) {
            if (!named.contains(event)) {
                String cure = "write - event: " + event + ", with its readings and rejects, or alone if it has none";
                file.problem("expected", "says nothing of event " + event, cure);
            }
        }
        List<String> keys = new ArrayList<>(WINDOW_KEY);
        keys.addAll(WINDOW_COLUMNS);
        file.entries("windows", keys).forEach(this::window);
    }

    private void entry(Keys entry) {
        Long event = entry.has("event") ? entry.whole("event") : null;
        if (event == null || event < 1 || event > events) {
            String cure = "write the number of an event that is given, from 1 to " + events;
            entry.problem("event", event == null ? "is missing" : "does not exist: " + event, cure);
            return;
        }
        named.add(event.intValue());
        Keys below = entry.below("readings", List.of());
        if (!below.names().isEmpty()) {
            String sensor = entry.required("sensor");
            entry.required("event-time");
            Long micros = entry.micros("event-time");
            for (String metric : below.names()) {
                reading(event.intValue(), entry, new SeriesKey(sensor, metric), micros, below);
            }
        }
        entry.entries("rejects", REJECT).forEach(reject -> reject(event.intValue(), reject));
    }

    private void reading(int event, Keys entry, SeriesKey series, Long micros, Keys below) {
        boolean mapping = below.node(series.metric()) instanceof YamlNode.Mapping;
        Keys more = mapping ? below.below(series.metric(), READING) : null;
        Double value = mapping ? more.number("value") : below.number(series.metric());
        if (value == null || micros == null) {
            below.problem(series.metric(), "has no value", "write " + series.metric() + ": <number>");
            return;
        }
        readings.add(new ExpectedReading(
                event, series, micros, value, mapping ? more.text("unit") : null, entry.text("site"), quality(more)));
    }

    private static int quality(Keys reading) {
        int quality = 0;
        List<String> names = Arrays.stream(Flag.values()).map(Flag::name).toList();
        for (String name : reading == null ? List.<String>of() : reading.items("flags")) {
            if (names.contains(name)) {
                quality |= Flag.valueOf(name).bit();
            } else {
                reading.problem("flags", "has no flag " + name, NearestKey.cure(name, names));
            }
        }
        return quality;
    }

    private void reject(int event, Keys reject) {
        String reason = reject.required("reason");
        List<String> names = Arrays.stream(Reason.values()).map(Reason::name).toList();
        if (names.contains(reason)) {
            String detail = reject.has("detail") ? reject.text("detail") : "";
            rejects.add(new ExpectedReject(event, Reason.valueOf(reason), detail, reject.text("metric")));
        } else if (reason != null) {
            reject.problem("reason", "is not known: " + reason, NearestKey.cure(reason, names));
        }
    }

    private void window(Keys window) {
        WINDOW_KEY.forEach(window::required);
        Long start = window.micros("start");
        try {
            int seconds = (int) Durations.parse(window.text("length")).toSeconds();
            Map<String, String> columns = new LinkedHashMap<>(window.texts());
            columns.keySet().removeAll(WINDOW_KEY);
            if (start != null) {
                SeriesKey series = new SeriesKey(window.text("sensor"), window.text("metric"));
                windows.add(new ExpectedWindow(series, seconds, start, columns));
            }
        } catch (IllegalArgumentException e) {
            window.problem("length", "is wrong: " + e.getMessage(), Durations.CURE);
        }
    }
}
