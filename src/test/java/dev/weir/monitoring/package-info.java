/**
 * Compares what is in {@code monitoring/}, and what is written about it in {@code docs/}, with what a running job
 * shows: to Prometheus, and to a person in the web UI.
 */
package dev.weir.monitoring;
