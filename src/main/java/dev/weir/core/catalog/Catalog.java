package dev.weir.core.catalog;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The model of {@code catalog.yaml}: the inputs, the metrics and their limits. Immutable. The reader has validated it, so users need not
 * check it again. It is serialized into the job graph.
 *
 * @param inputs at least one, in the file's order; at most one is {@link Input.Topics#REST}
 * @param metrics by name, in the file's order
 * @param unknownMetric what happens to readings of a metric that is not in the catalog
 * @param quota per series; null for none
 */
public record Catalog(List<Input> inputs, Map<String, Metric> metrics, UnknownMetric unknownMetric, Quota quota)
        implements Serializable {

    /** What happens to a reading of a metric that the catalog does not list. */
    public enum UnknownMetric {
        /** It is rejected. */
        REJECT,
        /** It is accepted without limits. */
        ACCEPT,
        /** It is no reading. */
        IGNORE
    }

    /** Creates a catalog with one input. */
    public Catalog(Input input, Map<String, Metric> metrics, boolean acceptUnknownMetrics, Quota quota) {
        this(List.of(input), metrics, acceptUnknownMetrics ? UnknownMetric.ACCEPT : UnknownMetric.REJECT, quota);
    }

    /** Returns the input that describes the events of a topic; null for none. An input that names it precedes one with a pattern. */
    public Input inputOf(String topic) {
        return Stream.<Predicate<Input.Topics>>of(
                        topics -> topics.names().contains(topic),
                        topics -> topics.pattern() != null && topic.matches(topics.pattern()),
                        Input.Topics::isRest)
                .flatMap(takes -> inputs.stream().filter(input -> takes.test(input.topics())))
                .findFirst()
                .orElse(null);
    }

    /** Returns the names of the record headers that readings need. */
    public Set<String> headers() {
        return inputs.stream()
                .flatMap(input -> input.sources().stream())
                .filter(FieldSource.Header.class::isInstance)
                .map(source -> ((FieldSource.Header) source).name())
                .collect(Collectors.toUnmodifiableSet());
    }

    public boolean acceptUnknownMetrics() {
        return unknownMetric == UnknownMetric.ACCEPT;
    }
}
