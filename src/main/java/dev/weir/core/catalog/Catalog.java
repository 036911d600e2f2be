package dev.weir.core.catalog;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

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
