package dev.weir.core.catalog;

import java.io.Serializable;
import java.util.Map;

/**
 * The model of {@code catalog.yaml}: the input, the metrics and their limits. Immutable; validated by the reader, so that whoever
 * holds one need not check it again. Ships in the job graph.
 *
 * @param metrics by name, in the file's order
 * @param acceptUnknownMetrics whether a metric that is not in the catalog is let through unjudged
 * @param quota per series; null for none
 */
public record Catalog(Input input, Map<String, Metric> metrics, boolean acceptUnknownMetrics, Quota quota)
        implements Serializable {}
