package dev.weir.exactness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.config.WeirConfig;
import dev.weir.core.model.Event;
import dev.weir.core.model.Origin;
import dev.weir.job.Pipeline;
import dev.weir.testing.pipeline.EdgeOperators;
import dev.weir.testing.pipeline.PipelineLife;
import dev.weir.testing.pipeline.PipelineRig;
import dev.weir.testing.pipeline.PipelineRun;
import dev.weir.testing.pipeline.RunningPipeline;
import dev.weir.testing.pipeline.Server;
import dev.weir.testing.pipeline.Starting;
import dev.weir.testing.pipeline.SteadyFeed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

/**
 * What the job does not read: records that are deleted before it comes to them are counted exactly, and gaps that hold
 * no record are not.
 */
class InputLossIT {
    private static final AtomicInteger LIVES = new AtomicInteger();
    private static final Duration WITHIN = Duration.ofMinutes(1);

    /** Its cleaner does not rest, so that a topic is compacted while a test waits. */
    @Server(settings = "log.cleaner.backoff.ms=100")
    static PipelineRig rig;

    private final SteadyFeed feed = new SteadyFeed("s-");
    private final WeirConfig base = SteadyFeed.config("Cel", 125);

    @Test
    void countsWhatWasDeletedWhileItWasDown() throws Exception {
        PipelineLife life = life(2, PipelineRig.TOPIC);
        life.send(feed.all(2, 0, 100));
        String savepoint = life.start(Starting.fresh(base)).awaitRead(1, 200).stop();

        life.send(feed.all(2, 100, 200));
        life.deleteBefore(Map.of(0, 150L, 1, 100L));
        String second =
                life.start(Starting.from(savepoint, base)).awaitRead(1, 350).stop();
        assertThat(life.books(1)).containsEntry("offsets.lost", 50L);

        life.send(feed.steps(1, 200, 210));
        PipelineRun run =
                life.start(Starting.from(second, base)).awaitRead(1, 360).drain();
        run.assertRead(withLoss(life.sent(), 0, 100, 150));
        assertThat(life.generations()).containsExactly("1");
    }

    /**
     * A reader of committed records waits at offset 100, the record of an open transaction, so that 100 to 179 are deleted
     * before it can read them, in two steps. It fails at the first, before a checkpoint. The transaction's end is a marker at
     * 200: a gap, and no loss.
     */
    @Test
    void countsOnceWhatIsDeletedWhileItRunsAndFails() throws Exception {
        PipelineLife life = life(1, PipelineRig.TOPIC);
        life.send(feed.steps(0, 0, 100));
        RunningPipeline running =
                life.start(Starting.fresh(base).with(failingAtALoss())).awaitRead(1, 100);
        try (KafkaProducer<byte[], byte[]> producer = transactional()) {
            producer.beginTransaction();
            send(producer, life.records(feed.steps(0, 100, 101)));
            life.send(feed.steps(0, 101, 200));
            life.deleteBefore(Map.of(0, 150L));
            awaitLost(life, 50);
            life.deleteBefore(Map.of(0, 180L));
            awaitLost(life, 80);
            producer.commitTransaction();
        }
        rig.broker().awaitTransactionMarkers();
        life.send(feed.steps(0, 201, 210));
        PipelineRun run = running.awaitRead(1, 129).drain();

        assertThat(running.restarts()).as("planned failures").isEqualTo(1);
        run.assertRead(withLoss(life.sent(), 0, 100, 180));
    }

    /** All records have one key, so the cleaner leaves the last of those that are in closed segments, and the active one's. */
    @Test
    void countsNoGapsOfCompactionAndAbortedTransactions() throws Exception {
        PipelineLife life = life(
                1,
                Map.of(
                        "cleanup.policy", "compact,delete",
                        "retention.ms", "-1",
                        "segment.ms", "1",
                        "min.cleanable.dirty.ratio", "0.01"));
        life.send(feed.steps(0, 0, 50));
        String savepoint = life.start(Starting.fresh(base)).awaitRead(1, 50).stop();

        life.send(feed.steps(0, 50, 90));
        try (KafkaProducer<byte[], byte[]> producer = transactional()) {
            producer.beginTransaction();
            send(producer, life.records(feed.steps(0, 90, 100)));
            producer.abortTransaction();
        }
        rig.broker().awaitTransactionMarkers();
        life.send(feed.steps(0, 101, 102));
        await().atMost(WITHIN)
                .untilAsserted(() ->
                        assertThat(offsets(life)).as("what the cleaner leaves").containsExactly(89L, 101L));
        String second =
                life.start(Starting.from(savepoint, base)).awaitRead(1, 52).stop();
        assertThat(life.books(1)).containsEntry("events.read", 52L).containsEntry("offsets.lost", 0L);

        life.send(feed.steps(0, 102, 121));
        life.deleteBefore(Map.of(0, 110L));
        PipelineRun run =
                life.start(Starting.from(second, base)).awaitRead(1, 63).drain();
        List<Event> read = withLoss(life.sent(), 0, 102, 110);
        read.removeIf(event -> event.origin().offset() >= 50
                && event.origin().offset() < 101
                && event.origin().offset() != 89);
        run.assertRead(read);
    }

    @Test
    void countsFromTheOffsetsThatTheGroupHasCommitted() throws Exception {
        PipelineLife life = life(2, PipelineRig.TOPIC);
        life.send(feed.all(2, 0, 50));
        life.commit(Map.of(0, 10L, 1, 40L));
        life.deleteBefore(Map.of(0, 30L, 1, 30L));
        PipelineRun run =
                life.start(Starting.fresh(base).atDefault()).awaitRead(1, 30).drain();

        List<Event> read = withLoss(life.sent(), 0, 10, 30);
        read.removeIf(event ->
                event.lost() == 0 && event.origin().offset() < (event.origin().partition() == 0 ? 10 : 40));
        run.assertRead(read);
    }

    /** The events without those of the partition from one offset to before another, which were lost. */
    private static List<Event> withLoss(List<Event> sent, int partition, long from, long to) {
        List<Event> read = new ArrayList<>();
        for (Event event : sent) {
            Origin origin = event.origin();
            if (origin.partition() != partition || origin.offset() < from || origin.offset() >= to) {
                read.add(event);
            } else if (origin.offset() == to - 1) {
                read.add(Event.lost(origin, to - from));
            }
        }
        return read;
    }

    private static void awaitLost(PipelineLife life, long offsets) {
        await().atMost(WITHIN).pollInterval(Duration.ofMillis(50)).untilAsserted(() -> assertThat(life.books(1))
                .containsEntry("offsets.lost", offsets));
    }

    private static List<Long> offsets(PipelineLife life) {
        return rig.broker().readAll(life.name()).stream()
                .map(ConsumerRecord::offset)
                .toList();
    }

    private static Pipeline.Edges failingAtALoss() {
        return new EdgeOperators(Map.of("events", new EdgeOperators.Placed() {
            @Override
            public <T> OneInputStreamOperator<T, T> operator() {
                return new FailAtALoss<>();
            }
        }));
    }

    private static void send(KafkaProducer<byte[], byte[]> producer, List<ProducerRecord<byte[], byte[]>> records)
            throws Exception {
        for (ProducerRecord<byte[], byte[]> record : records) {
            producer.send(record).get();
        }
    }

    private static KafkaProducer<byte[], byte[]> transactional() {
        KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        rig.broker().bootstrapServers(),
                        ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                        "input"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        producer.initTransactions();
        return producer;
    }

    private static PipelineLife life(int partitions, Map<String, String> topic) {
        return new PipelineLife(
                rig, "loss-" + LIVES.incrementAndGet(), rig.postgres().newDatabase(), partitions, topic);
    }
}
