/**
 * Holds the names and groups of Weir's metrics, and the metrics of commits that every sink reports. Uses
 * nothing of Weir.
 */
package dev.weir.metrics;
