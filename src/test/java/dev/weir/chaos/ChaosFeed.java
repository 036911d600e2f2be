package dev.weir.chaos;

import dev.weir.config.WeirConfig;
import dev.weir.core.model.Event;
import dev.weir.core.model.Origin;
import dev.weir.testing.generate.Fault;
import dev.weir.testing.generate.Workload;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends a seeded workload at a steady rate, as records and in files that records announce ({@link ChaosFiles}). While the broker is away
 * it waits; an event is sent again by the same producer until the broker has it, in order, and now and then twice. What stands in the
 * topic in the end is what counts, not what was sent.
 */
final class ChaosFeed implements AutoCloseable {
    private static final Duration TICK = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Iterator<Event> events;
    private final String topic;
    private final ChaosFiles files;
    private final KafkaProducer<byte[], byte[]> producer;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread made = new Thread(work, "chaos-feed");
        made.setDaemon(true);
        return made;
    });
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicReference<Exception> failure = new AtomicReference<>();

    ChaosFeed(String bootstrapServers, Path fileDirectory, WeirConfig config, ChaosOptions options) {
        files = new ChaosFiles(fileDirectory, options.seed());
        topic = config.kafka().topics().get(0);
        events = workload(config, options).endless();
        producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ProducerConfig.LINGER_MS_CONFIG,
                        5,
                        ProducerConfig.MAX_BLOCK_MS_CONFIG,
                        PATIENCE.toMillis(),
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                        (int) PATIENCE.toMillis(),
                        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                        5_000,
                        ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                        4 << 20,
                        // Do not simplify: an idempotent producer and a broker that was killed can disagree for
                        // ever about the next sequence number, and then nothing more is sent.
                        ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                        false,
                        ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
                        1),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        int batch = Math.toIntExact(options.eventsPerSecond() * TICK.toMillis() / 1_000);
        var unused = thread.scheduleWithFixedDelay(() -> send(batch), 0, TICK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Every fault. Those that move a device's clock by hours and days are rare: each day that is open at a checkpoint is a file of every
     * table and writer.
     */
    private static Workload workload(WeirConfig config, ChaosOptions options) {
        List<Fault> faults = new ArrayList<>();
        for (Fault fault : Fault.values()) {
            boolean jumps = fault == Fault.JUMP_AHEAD || fault == Fault.STUCK;
            for (int i = 0; i < (jumps ? 1 : 10); i++) {
                faults.add(fault);
            }
        }
        return new Workload(config, options.seed(), ChaosOptions.SENSORS, ChaosOptions.PARTITIONS, 200, 0.1, faults);
    }

    private void send(int batch) {
        try {
            for (int i = 0; i < batch; i++) {
                send(events.next());
            }
        } catch (RuntimeException e) {
            failure.compareAndSet(null, e);
            throw e; // ends the schedule
        }
    }

    private void send(Event event) {
        if (ChaosFiles.takes(event)) {
            files.add(event).forEach(announcement -> send(announcement.record(), announcement.rows()));
        } else {
            Origin origin = event.origin();
            send(
                    new ProducerRecord<>(
                            topic, origin.partition(), origin.timestampMillis(), event.key(), event.value()),
                    1);
        }
    }

    private void send(ProducerRecord<byte[], byte[]> record, int events) {
        var unused = producer.send(record, (done, problem) -> {
            if (problem == null) {
                acknowledged.addAndGet(events);
            } else {
                failure.compareAndSet(null, problem);
            }
        });
    }

    /** Events that the broker has. */
    long acknowledged() {
        return acknowledged.get();
    }

    /** Everything sent is in the topic, and nothing more comes. */
    void finish() throws InterruptedException {
        thread.shutdown();
        if (!thread.awaitTermination(PATIENCE.toMinutes(), TimeUnit.MINUTES)) {
            throw new IllegalStateException("the feed does not end");
        }
        producer.flush();
        if (failure.get() != null) {
            throw new IllegalStateException("the feed has failed", failure.get());
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
        producer.close(Duration.ZERO);
    }
}
