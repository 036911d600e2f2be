/**
 * The functional core: what an event means and what becomes of it, as plain Java. Below here nothing of Flink, Kafka, JDBC or YAML may
 * be imported, and no wall clock read; time and output come in through arguments.
 */
package dev.weir.core;
