package dev.weir.generation;

import dev.weir.config.WeirConfig;
import dev.weir.core.catalog.Catalog;
import dev.weir.core.catalog.Catalog.UnknownMetric;
import dev.weir.core.catalog.FieldSource;
import dev.weir.core.catalog.Input;
import dev.weir.core.catalog.Metric;
import dev.weir.core.catalog.Quota;
import dev.weir.core.catalog.Rate;
import dev.weir.core.model.Flag;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
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
        List<String> lines = new ArrayList<>();
        catalog.inputs().forEach(input -> addInput(lines, input));
        lines.add(sorted(catalog.metrics(), VerdictText::metric));
        // The first release had a switch here.
        lines.add(
                catalog.unknownMetric() == UnknownMetric.IGNORE
                        ? "ignore"
                        : String.valueOf(catalog.acceptUnknownMetrics()));
        lines.add(quota(catalog.quota()));
        lines.add(String.valueOf(config.time().lateness()));
        lines.add(String.valueOf(config.time().futureSkew()));
        lines.add(String.valueOf(config.time().earliest()));
        return String.join("\n", lines);
    }

    private static void addInput(List<String> lines, Input input) {
        lines.add(String.valueOf(input.format()));
        lines.add(String.valueOf(input.sensorId()));
        lines.add(eventTime(input.eventTime()));
        lines.add(String.valueOf(input.metric()));
        lines.add(String.valueOf(input.value()));
        lines.add(String.valueOf(input.unit()));
        lines.add(String.valueOf(input.site()));
        lines.add(sorted(input.readings().listed(), FieldSource::toString));
        lines.add(csv(input.csv()));
        lines.add(new TreeSet<>(input.nullValues()).toString());
        lines.add(String.valueOf(input.lenientNumbers()));
        String later = new Entry("Input")
                .since("topics", input.topics().names(), List.of())
                .since("topic-pattern", input.topics().pattern(), null)
                .since("openings", openings(input), List.of())
                .since("wildcard", input.readings().wildcard(), null)
                .since("decimal-separator", input.texts().decimalSeparator(), '.')
                .since("grouping-separator", input.texts().groupingSeparator(), Input.Texts.NO_GROUPING)
                .since(
                        "schema",
                        input.payload().avro() == null
                                ? null
                                : input.payload().avro().schema(),
                        null)
                .later();
        if (!later.isEmpty()) {
            lines.add(later);
        }
    }

    private static List<String> openings(Input input) {
        return input.payload().openings().stream()
                .map(opening -> opening.kind() + " " + opening.pointer())
                .toList();
    }

    private static String eventTime(Input.EventTime time) {
        return new Entry("EventTime")
                .with("fields", time.sources())
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
                .since("quote", csv.quote(), '"')
                .since("skip", csv.skip(), null)
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
                .since("values", new TreeMap<>(metric.scaling().values()), Map.of())
                .since("scale", plain(metric.scaling().scale()), "1")
                .since("offset", plain(metric.scaling().offset()), "0")
                .toString();
    }

    /** Returns equal texts for equal numbers. */
    private static String plain(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
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

        /** Returns the later fields alone. */
        String later() {
            return later.toString();
        }

        @Override
        public String toString() {
            return name + '[' + first + ']' + later;
        }
    }

    private VerdictText() {}
}
