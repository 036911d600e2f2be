package dev.weir.sink.deadletter;

import org.apache.flink.connector.kafka.sink.KafkaCommittable;

/**
 * Holds what the writer passes to the committer at a checkpoint.
 *
 * @param kafka the connector's committable
 * @param letters how many dead letters the transaction holds; 0 from state that did not store it
 */
record Transaction(KafkaCommittable kafka, long letters) {}
