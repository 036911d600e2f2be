package dev.weir.sink.deadletter;

import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Writes a dead letter to its topic, into the partition that Kafka chooses for its key.
 *
 * <p>The record's timestamp is the producer's present time and not the event's. The topic's retention then counts from
 * the rejection, and the rejects of an old backlog are kept long enough to be examined. The event's own timestamp is in
 * {@code weir.origin}.
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
