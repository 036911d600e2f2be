package dev.weir.bench;

import dev.weir.testing.KafkaBroker;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Makes a topic and fills it, as fast as it goes. */
final class Feeder {
    static final int PARTITIONS = 8;

    private final KafkaBroker kafka;

    Feeder(KafkaBroker kafka) {
        this.kafka = kafka;
    }

    /** All events of the workload are in the new topic, in order within each partition. */
    void feed(String topic, Workload workload, long events) {
        createTopic(topic);
        try (KafkaProducer<byte[], byte[]> producer = producer(50)) {
            send(topic, producer, sink -> workload.generate(events, sink));
        }
    }

    /** What is sent is on its way at once; returns when the source does. */
    void stream(String topic, Consumer<EventSink> source) {
        try (KafkaProducer<byte[], byte[]> producer = producer(1)) {
            send(topic, producer, source);
        }
    }

    void createTopic(String topic) {
        // Event times are of 2023, and retention goes by them.
        kafka.createTopic(topic, PARTITIONS, Map.of("retention.ms", "-1", "segment.bytes", "268435456"));
    }

    private static void send(String topic, KafkaProducer<byte[], byte[]> producer, Consumer<EventSink> source) {
        AtomicReference<Exception> failure = new AtomicReference<>();
        source.accept((partition, timestamp, key, value) -> {
            var unused =
                    producer.send(new ProducerRecord<>(topic, partition, timestamp, key, value), (record, problem) -> {
                        if (problem != null) {
                            failure.set(problem);
                        }
                    });
        });
        producer.flush();
        if (failure.get() != null) {
            throw new IllegalStateException("cannot feed " + topic, failure.get());
        }
    }

    private KafkaProducer<byte[], byte[]> producer(int lingerMillis) {
        return new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        kafka.bootstrapServers(),
                        "compression.type",
                        "lz4",
                        "batch.size",
                        256 * 1024,
                        "linger.ms",
                        lingerMillis,
                        "buffer.memory",
                        128L << 20),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }
}
