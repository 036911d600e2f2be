/**
 * The functional core: decoding, checks and the rules of a series, as plain Java. Code here may not import anything else of Weir, nor
 * Flink, Kafka, JDBC or YAML, and it may not read the wall clock. Settings, time and output are passed as arguments.
 */
package dev.weir.core;
