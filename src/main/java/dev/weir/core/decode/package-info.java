/**
 * From the bytes of an event to cells, texts, numbers and instants. Lives here: what knows JSON, CSV, number syntax and time formats.
 * May not live here: verdicts that need the catalog's metrics, and anything of Flink, Kafka or JDBC.
 */
package dev.weir.core.decode;
