package dev.weir.sink.deadletter;

import org.apache.flink.connector.kafka.sink.KafkaCommittable;

/**
 * What the writer hands to the committer at a checkpoint.
 *
 * @param kafka the connector's own
 * @param letters how many dead letters it holds; 0 from a state that did not say
 */
record Transaction(KafkaCommittable kafka, long letters) {}
