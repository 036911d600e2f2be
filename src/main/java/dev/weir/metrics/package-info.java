/**
 * Holds the names and groups of Weir's metrics, and the metrics of commits that every sink reports. Uses {@code
 * core.model}; may not know an operator or a sink.
 */
package dev.weir.metrics;
