package dev.weir.generation;

import dev.weir.config.WeirConfig;
import dev.weir.core.catalog.Catalog;
import dev.weir.core.catalog.Input;
import dev.weir.core.catalog.Metric;
import dev.weir.core.catalog.Quota;
import dev.weir.core.catalog.Rate;
import dev.weir.core.model.Flag;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Writes the verdict rules of a configuration as a text: the catalog, and the options that a reading's verdict depends
 * on. Equal rules have equal texts in every process and every release, whatever the order in which the catalog lists
 * its metrics.
 *
 * <p>Do not simplify: the {@code toString} of the catalog's records would not do. Every state holds the fingerprint of
 * this text, and a start with another fingerprint begins a generation. So the fields of the first release stay as they
 * are. A field that came later is added with {@link Entry#since}, which shows it only where it differs from its
 * default, so that a catalog that does not use the field keeps its text.
 */
final class VerdictText {

    static String of(WeirConfig config) {
        Catalog catalog = config.catalog();
        Input input = catalog.input();
        return String.join(
                "\n",
                String.valueOf(input.format()),
                String.valueOf(input.sensorId()),
                eventTime(input.eventTime()),
                String.valueOf(input.metric()),
                String.valueOf(input.value()),
                String.valueOf(input.unit()),
                String.valueOf(input.site()),
                sorted(input.readings(), field -> field),
                csv(input.csv()),
                new TreeSet<>(input.nullValues()).toString(),
                String.valueOf(input.lenientNumbers()),
                sorted(catalog.metrics(), VerdictText::metric),
                String.valueOf(catalog.acceptUnknownMetrics()),
                quota(catalog.quota()),
                String.valueOf(config.time().lateness()),
                String.valueOf(config.time().futureSkew()),
                String.valueOf(config.time().earliest()));
    }

    private static String eventTime(Input.EventTime time) {
        return new Entry("EventTime")
                .with("fields", time.fields())
                .with("formats", time.formats())
                .with("zone", time.zone())
                .since("overlap", time.overlap(), Input.Overlap.EARLIER)
                .toString();
    }

    private static String csv(Input.Csv csv) {
        if (csv == null) {
            return "null";
        }
        return new Entry("Csv")
                .with("header", csv.header())
                .with("separator", csv.separator())
                .since("short-rows", csv.rejectShortRows() ? "reject" : "absent", "absent")
                .toString();
    }

    private static String metric(Metric metric) {
        return new Entry("Metric")
                .with("name", metric.name())
                .with("unit", metric.unit())
                .with("min", metric.min())
                .with("max", metric.max())
                .with("maxRate", rate(metric.maxRate()))
                .with("stuckAfter", metric.stuckAfter())
                .with("sentinels", metric.sentinels())
                .with("lateness", metric.lateness())
                .with("onOutOfRange", metric.on().get(Flag.OUT_OF_RANGE))
                .with("onSpike", metric.on().get(Flag.SPIKE))
                .with("onStuck", metric.on().get(Flag.STUCK))
                .with("optional", metric.optional())
                .toString();
    }

    private static String quota(Quota quota) {
        return quota == null
                ? "null"
                : new Entry("Quota")
                        .with("rate", rate(quota.rate()))
                        .with("burst", quota.burst())
                        .toString();
    }

    private static String rate(Rate rate) {
        return rate == null
                ? "null"
                : new Entry("Rate")
                        .with("amount", rate.amount())
                        .with("per", rate.per())
                        .toString();
    }

    private static <T> String sorted(Map<String, T> values, Function<T, String> text) {
        Map<String, String> sorted = new TreeMap<>();
        values.forEach((name, value) -> sorted.put(name, text.apply(value)));
        return sorted.toString();
    }

    /**
     * Writes one part of the rules: its name, the fields of the first release in brackets, and then those later fields
     * that differ from their default.
     */
    static final class Entry {
        private final String name;
        private final StringBuilder first = new StringBuilder();
        private final StringBuilder later = new StringBuilder();

        Entry(String name) {
            this.name = name;
        }

        /** Adds a field of the first release. */
        Entry with(String field, Object value) {
            first.append(first.isEmpty() ? "" : ", ").append(field).append('=').append(value);
            return this;
        }

        /** Adds a field that came later, unless it has its default. */
        Entry since(String field, Object value, Object standard) {
            if (!Objects.equals(value, standard)) {
                later.append(' ').append(field).append('=').append(value);
            }
            return this;
        }

        @Override
        public String toString() {
            return name + '[' + first + ']' + later;
        }
    }

    private VerdictText() {}
}
