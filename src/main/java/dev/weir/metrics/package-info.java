/**
 * The names and groups of Weir's metrics, and what every sink reports of its commits. Uses {@code core.model}; may not
 * know an operator or a sink.
 */
package dev.weir.metrics;
