package dev.weir.core.catalog;

import java.io.Serializable;
import java.util.Map;

/**
 * The model of {@code catalog.yaml}: the input, the metrics and their limits. Immutable. The reader has validated it, so users need not
 * check it again. It is serialized into the job graph.
 *
 * @param metrics by name, in the file's order
 * @param acceptUnknownMetrics whether readings of a metric that is not in the catalog are accepted without limits
 * @param quota per series; null for none
 */
public record Catalog(Input input, Map<String, Metric> metrics, boolean acceptUnknownMetrics, Quota quota)
        implements Serializable {}
