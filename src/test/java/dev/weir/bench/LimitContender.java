package dev.weir.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What the input allows: two threads poll everything, half of the partitions each, and may read every JSON token. */
final class LimitContender implements Contender {
    private static final Duration POLL = Duration.ofMillis(200);

    private final boolean tokens;
    private final JsonFactory json = new JsonFactory();

    LimitContender(boolean tokens) {
        this.tokens = tokens;
    }

    @Override
    public Measured run(Task task) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(Task.THREADS);
        ProcessMeter meter = ProcessMeter.start();
        List<Future<Long>> parts = new ArrayList<>();
        for (int part = 0; part < Task.THREADS; part++) {
            int own = part;
            parts.add(pool.submit(() -> read(task, own)));
        }
        long read = 0;
        for (Future<Long> part : parts) {
            read += part.get();
        }
        Measured measured = meter.stop(read);
        pool.shutdown();
        if (read != task.events()) {
            throw new IllegalStateException(read + " records read, not " + task.events());
        }
        return measured;
    }

    private long read(Task task, int part) throws IOException {
        Map<String, Object> config = Map.of(
                "bootstrap.servers",
                task.bootstrapServers(),
                "isolation.level",
                "read_committed",
                "enable.auto.commit",
                false,
                "max.poll.records",
                10_000);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = new ArrayList<>();
            for (int partition = part; partition < Feeder.PARTITIONS; partition += Task.THREADS) {
                partitions.add(new TopicPartition(task.topic(), partition));
            }
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long wanted = consumer.endOffsets(partitions).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            long read = 0;
            long seen = 0;
            while (read < wanted) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    read++;
                    seen += tokens ? tokens(record.value()) : record.value().length;
                }
            }
            if (seen == 0) {
                throw new IllegalStateException("nothing was read");
            }
            return read;
        }
    }

    private int tokens(byte[] value) throws IOException {
        int tokens = 0;
        try (JsonParser parser = json.createParser(value)) {
            while (parser.nextToken() != null) {
                tokens++;
            }
        } catch (JsonProcessingException truncated) {
            tokens++;
        }
        return tokens;
    }
}
