/**
 * The verdicts that need no history: event level and reading level before the exchange, with the units that they convert. May not live
 * here: syntax of events (see {@code decode}), rules that look at a series, and anything of Flink, Kafka or JDBC.
 */
package dev.weir.core.check;
