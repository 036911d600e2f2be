/**
 * The model of {@code catalog.yaml} and its reader. The records ship in the job graph and hold JDK types only; the reader runs in
 * {@code main} and knows neither options nor Flink's graph.
 */
package dev.weir.config.catalog;
