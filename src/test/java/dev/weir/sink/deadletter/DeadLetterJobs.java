package dev.weir.sink.deadletter;

import static dev.weir.testing.KafkaConfigs.start;
import static dev.weir.testing.KafkaConfigs.stop;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.config.TransactionLife;
import dev.weir.config.WeirConfig;
import dev.weir.config.WeirConfig.Start;
import dev.weir.config.WeirConfig.Stop;
import dev.weir.core.model.DeadLetter;
import dev.weir.core.model.Event;
import dev.weir.core.model.Reason;
import dev.weir.core.model.Reject;
import dev.weir.source.EventSource;
import dev.weir.testing.KafkaBroker;
import dev.weir.testing.KafkaConfigs;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.connector.kafka.sink.internal.FlinkKafkaInternalProducer;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Jobs on one broker that read a topic and reject every event, and what is in their dead-letter topics. */
record DeadLetterJobs(KafkaBroker broker) {
    static final TransactionLife LIFE = TransactionLife.of(new Configuration(), Map.of());

    /** Checkpoints of a second, and half a second for a restart. */
    static TransactionLife life(Duration timeout) {
        return new TransactionLife(
                Duration.ofMillis(100), Duration.ZERO, Duration.ofSeconds(1), 5, Duration.ofMillis(500), timeout);
    }

    WeirConfig config(String topic, Stop.Mode stop) {
        return KafkaConfigs.of(broker, topic, start(Start.Mode.EARLIEST), stop(stop));
    }

    /** The same with a timeout of its own for transactions. */
    WeirConfig configWithTransactions(String topic, Duration timeout) {
        WeirConfig.Kafka kafka = new WeirConfig.Kafka(
                broker.bootstrapServers(),
                List.of(topic),
                null,
                "test",
                start(Start.Mode.EARLIEST),
                stop(Stop.Mode.NEVER),
                Map.of("transaction.timeout.ms", Long.toString(timeout.toMillis())));
        return KafkaConfigs.of(topic, kafka, topic + "-dlq");
    }

    /** Checkpoints only when a test asks. */
    JobClient run(WeirConfig config, MapFunction<Event, DeadLetter> reject) throws Exception {
        return run(config, reject, LIFE);
    }

    JobClient run(WeirConfig config, MapFunction<Event, DeadLetter> reject, TransactionLife life) throws Exception {
        StreamExecutionEnvironment env = environment();
        env.enableCheckpointing(Duration.ofHours(1).toMillis());
        define(env, config, reject, life);
        return env.executeAsync();
    }

    /** A checkpoint every tenth of a second, held up by the gate while its file is there; up to five in a row may time out. */
    JobClient runBehind(Gate gate, WeirConfig config, TransactionLife life) throws Exception {
        StreamExecutionEnvironment env = environment();
        env.enableCheckpointing(100);
        env.getCheckpointConfig().setCheckpointTimeout(life.checkpointTimeout().toMillis());
        env.getCheckpointConfig().setTolerableCheckpointFailureNumber(5);
        define(env, config, DeadLetterJobs::rejected, life)
                .map(gate)
                .returns(TypeInformation.of(DeadLetter.class))
                .disableChaining()
                .sinkTo(new DiscardingSink<>());
        return env.executeAsync();
    }

    private static StreamExecutionEnvironment environment() {
        Configuration flink = new Configuration();
        flink.set(PipelineOptions.GENERIC_TYPES, false);
        flink.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        flink.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 100);
        flink.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(100));
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(flink);
        env.setParallelism(2);
        return env;
    }

    private static DataStream<DeadLetter> define(
            StreamExecutionEnvironment env,
            WeirConfig config,
            MapFunction<Event, DeadLetter> reject,
            TransactionLife life) {
        int maxRecordBytes = DeadLetterTopic.ensure(config, life);
        DataStream<DeadLetter> rejected = env.fromSource(
                        EventSource.create(config, TypeInformation.of(Event.class)),
                        WatermarkStrategy.noWatermarks(),
                        "events")
                .map(reject)
                .returns(TypeInformation.of(DeadLetter.class));
        rejected.flatMap(new DeadLetterSplitter(new DeadLetterFormat(config.pipeline(), maxRecordBytes)))
                .sinkTo(DeadLetterSink.create(config, maxRecordBytes, life));
        return rejected;
    }

    static DeadLetter rejected(Event event) {
        return new DeadLetter(
                event.origin(), List.of(new Reject(Reason.MALFORMED, "", null)), event.key(), event.value(), null, 1);
    }

    /** A producer in whose transaction there is a record. */
    FlinkKafkaInternalProducer<byte[], byte[]> writing(String topic, String id, String timeoutMillis) throws Exception {
        Properties properties = new Properties();
        properties.setProperty("bootstrap.servers", broker.bootstrapServers());
        properties.setProperty("key.serializer", ByteArraySerializer.class.getName());
        properties.setProperty("value.serializer", ByteArraySerializer.class.getName());
        properties.setProperty("transaction.timeout.ms", timeoutMillis);
        FlinkKafkaInternalProducer<byte[], byte[]> producer = new FlinkKafkaInternalProducer<>(properties, id);
        producer.initTransactions();
        producer.beginTransaction();
        producer.send(new ProducerRecord<>(topic, new byte[1])).get();
        return producer;
    }

    void topic(String name, int records) {
        // Its records are of 1970: retention would take them half a minute after the broker's start.
        broker.createTopic(name, 2, Map.of("retention.ms", "-1"));
        send(name, 0, records);
    }

    void send(String topic, int from, int to) {
        broker.send(IntStream.range(from, to)
                .mapToObj(i -> String.valueOf(i).getBytes(UTF_8))
                .map(bytes -> new ProducerRecord<>(topic, null, 1_000L, bytes, bytes))
                .toList());
    }

    List<String> values(String topic) {
        return broker.readAll(topic).stream()
                .map(record -> new String(record.value(), UTF_8))
                .toList();
    }

    /** How many offsets are taken, by open transactions and markers too. */
    long written(String topic) throws Exception {
        return written(broker, topic);
    }

    static long written(KafkaBroker server, String topic) throws Exception {
        try (Admin admin = server.admin()) {
            return admin
                    .listOffsets(Map.of(
                            new TopicPartition(topic, 0), OffsetSpec.latest(),
                            new TopicPartition(topic, 1), OffsetSpec.latest()))
                    .all()
                    .get()
                    .values()
                    .stream()
                    .mapToLong(end -> end.offset())
                    .sum();
        }
    }

    long committedToTheGroup(String topic) throws Exception {
        try (Admin admin = broker.admin()) {
            return admin.listConsumerGroupOffsets("test").partitionsToOffsetAndMetadata().get().entrySet().stream()
                    .filter(entry -> entry.getKey().topic().equals(topic))
                    .mapToLong(entry -> entry.getValue().offset())
                    .sum();
        }
    }

    /** A checkpoint completes; not while the job is still restarting. */
    static boolean checkpointed(MiniCluster cluster, JobClient job) throws InterruptedException {
        try {
            cluster.triggerCheckpoint(job.getJobID()).get();
            return true;
        } catch (ExecutionException e) {
            return false;
        }
    }
}
