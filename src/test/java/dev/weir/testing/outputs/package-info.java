/** What a run really left behind, read from Kafka, PostgreSQL and the lake into the oracle's records, and compared with what it says. */
package dev.weir.testing.outputs;
