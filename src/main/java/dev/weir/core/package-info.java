/**
 * The functional core: what an event means and what becomes of it, as plain Java. Below here nothing else of Weir and
 * nothing of Flink, Kafka, JDBC or YAML may be imported, and no wall clock read; settings, time and output come in
 * through arguments.
 */
package dev.weir.core;
