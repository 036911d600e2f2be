package dev.weir.sink.deadletter;

import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Writes a dead letter to its topic, in the partition that Kafka gives its key.
 *
 * <p>The record's timestamp is the producer's present and not the event's: the topic's retention counts from the rejection, so that
 * the rejects of an old backlog stay long enough to be looked at. The event's own stands in {@code weir.origin}.
 */
final class DeadLetterSerialization implements KafkaRecordSerializationSchema<DeadLetterRecord> {
    private static final long serialVersionUID = 1L;

    private final String topic;

    DeadLetterSerialization(String topic) {
        this.topic = topic;
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(
            DeadLetterRecord letter, KafkaSinkContext context, Long flinkTimestampMillis) {
        Headers headers = new RecordHeaders();
        for (int i = 0; i < letter.headerNames().length; i++) {
            headers.add(letter.headerNames()[i], letter.headerValues()[i]);
        }
        return new ProducerRecord<>(topic, null, null, letter.key(), letter.value(), headers);
    }
}
