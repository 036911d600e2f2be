package dev.weir.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaBrokerIT {
    private static final byte[] VALUE = "x".getBytes(UTF_8);

    @Test
    void readsBackWhatWasSentInOrderAndNothingOfAnOpenTransaction() {
        try (KafkaBroker broker = KafkaBroker.start()) {
            broker.createTopic("t", 2, Map.of("max.message.bytes", "4000000"));
            broker.send(IntStream.range(0, 10_000)
                    .mapToObj(i -> new ProducerRecord<byte[], byte[]>(
                            "t", i % 2, null, String.valueOf(i).getBytes(UTF_8)))
                    .toList());
            broker.send(List.of(new ProducerRecord<>("t", 0, null, new byte[3_000_000])));
            try (KafkaProducer<byte[], byte[]> open = transactional(broker)) {
                open.initTransactions();
                open.beginTransaction();
                open.send(new ProducerRecord<>("t", 1, null, VALUE)).get();
                assertThat(broker.readAll("t")).hasSize(10_001);
                open.commitTransaction();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
            List<String> values = broker.readAll("t").stream()
                    .filter(r -> r.partition() == 1)
                    .map(r -> new String(r.value(), UTF_8))
                    .toList();
            assertThat(values).hasSize(5_001).startsWith("1", "3", "5").endsWith("9999", "x");
        }
    }

    @Test
    void keepsItsTopicsOverARestartOnTheSameDirectory(@TempDir Path dir) {
        try (KafkaBroker broker = KafkaBroker.start(dir)) {
            broker.createTopic("t", 1, Map.of());
            broker.send(List.of(new ProducerRecord<>("t", VALUE)));
        }
        try (KafkaBroker broker = KafkaBroker.start(dir)) {
            assertThat(broker.readAll("t")).hasSize(1);
        }
    }

    @Test
    void keepsWhatItAcknowledgedWhenItsProcessIsKilled(@TempDir Path dir) {
        try (KafkaBroker broker = KafkaBroker.startProcess(dir)) {
            broker.createTopic("t", 1, Map.of());
            broker.send(List.of(new ProducerRecord<>("t", VALUE)));
            long killed = broker.process().pid();
            broker.process().kill();
            assertThat(ProcessHandle.of(killed)).isEmpty();
            broker.process().start();

            broker.send(List.of(new ProducerRecord<>("t", VALUE)));
            assertThat(broker.readAll("t")).hasSize(2);
        }
    }

    private static KafkaProducer<byte[], byte[]> transactional(KafkaBroker broker) {
        return new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        broker.bootstrapServers(),
                        ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                        "tx"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }
}
