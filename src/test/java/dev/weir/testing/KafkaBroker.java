package dev.weir.testing;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.flink.util.FileUtils;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Time;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;

/**
 * A real Kafka broker, in this JVM or in a process of its own: one KRaft node, broker and controller, on two free ports of 127.0.0.1.
 *
 * <p>Topics are not created by use. Everything blocks until it is done; a failure is an exception.
 */
public final class KafkaBroker implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);

    private final Path dir;
    private final boolean deleteDir;
    private final Node node;
    private final BrokerSecurity security;
    private final String bootstrapServers;

    /** What runs the broker. */
    interface Node {
        void start();

        void stop();
    }

    private KafkaBroker(Path dir, boolean deleteDir, Node node, BrokerSecurity security, int port) {
        this.dir = dir;
        this.deleteDir = deleteDir;
        this.node = node;
        this.security = security;
        this.bootstrapServers = "127.0.0.1:" + port;
        node.start();
    }

    /** A broker runs in a directory of its own, which goes when it is closed. */
    public static KafkaBroker start() {
        return start(Map.of());
    }

    /** The same with settings of its own, such as {@code transaction.max.timeout.ms}. */
    public static KafkaBroker start(Map<String, String> settings) {
        try {
            return start(Files.createTempDirectory("weir-kafka-"), true, null, settings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A broker runs on {@code dir}, which stays: a later one on the same directory, at another port, has the same topics. */
    public static KafkaBroker start(Path dir) {
        return start(dir, false, null, Map.of());
    }

    /**
     * A broker runs in a process of its own on {@code dir}, which stays. It can be killed and come back, on the same
     * ports: see {@link #process}.
     */
    public static KafkaBroker startProcess(Path dir) {
        return startProcess(dir, List.of("-Xmx256m", "-XX:TieredStopAtLevel=1"));
    }

    /** The same, with a JVM of these arguments. */
    public static KafkaBroker startProcess(Path dir, List<String> jvm) {
        BrokerSettings.format(dir);
        int[] ports = StablePorts.free(2);
        return new KafkaBroker(dir, false, new KafkaProcess(dir, ports[0], ports[1], jvm), null, ports[0]);
    }

    /** The process that the broker runs in. */
    public KafkaProcess process() {
        if (node instanceof KafkaProcess process) {
            return process;
        }
        throw new IllegalStateException("this broker runs in the JVM of the test; start it with startProcess");
    }

    /** The same as {@link #start()}, and who comes by {@link #securedServers} has to show who he is, and may do what ACLs allow. */
    public static KafkaBroker startSecured(Certificates certificates) {
        try {
            int[] ports = StablePorts.free(2);
            return start(
                    Files.createTempDirectory("weir-kafka-"), true, new BrokerSecurity(certificates, ports), Map.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static KafkaBroker start(
            Path dir, boolean deleteDir, BrokerSecurity security, Map<String, String> settings) {
        BrokerSettings.format(dir);
        int[] ports = StablePorts.free(2);
        Properties properties = BrokerSettings.properties(dir, ports[0], ports[1]);
        properties.putAll(settings);
        if (security != null) {
            security.addTo(properties);
        }
        return new KafkaBroker(dir, deleteDir, new InThisJvm(properties), security, ports[0]);
    }

    /** Not started yet, in this JVM; the directory is formatted. */
    static KafkaRaftServer server(Path dir, int port, int controllerPort) {
        return server(BrokerSettings.properties(dir, port, controllerPort));
    }

    private static KafkaRaftServer server(Properties properties) {
        for (String logger : List.of("kafka", "org.apache.kafka", "state.change.logger")) {
            Configurator.setLevel(logger, Level.ERROR);
        }
        return new KafkaRaftServer(new KafkaConfig(properties, false), Time.SYSTEM);
    }

    /** The broker was down for a moment, and every connection to it is new; it is where it was. */
    public void restart() {
        node.stop();
        node.start();
    }

    /** The broker is down while the action runs; then it is where it was. */
    public void whileDown(Runnable action) {
        node.stop();
        try {
            action.run();
        } finally {
            node.start();
        }
    }

    public String bootstrapServers() {
        return bootstrapServers;
    }

    /** Where it demands security; {@link #bootstrapServers} is the tests' own way in, which asks nothing. */
    public String securedServers(BrokerSecurity.Listener listener) {
        return "127.0.0.1:" + security.port(listener);
    }

    /** The topic is there and known to the broker, with {@code configs} such as {@code max.message.bytes}. */
    public void createTopic(String name, int partitions, Map<String, String> configs) {
        try (Admin admin = admin()) {
            admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1).configs(configs)))
                    .all()
                    .get();
            // The controller has it; the broker hears of it a little later.
            await().pollInterval(POLL.dividedBy(10))
                    .ignoreExceptionsInstanceOf(ExecutionException.class)
                    .until(() -> admin.describeTopics(List.of(name))
                                    .allTopicNames()
                                    .get()
                                    .size()
                            == 1);
            // And leads it later still. A producer whose first batch is refused and its second taken is out of order
            // for ever.
            Map<TopicPartition, OffsetSpec> ends = IntStream.range(0, partitions)
                    .boxed()
                    .collect(Collectors.toMap(p -> new TopicPartition(name, p), p -> OffsetSpec.latest()));
            await().pollInterval(POLL.dividedBy(10))
                    .ignoreExceptionsInstanceOf(ExecutionException.class)
                    .until(() -> admin.listOffsets(ends).all().get().size() == partitions);
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("cannot create topic " + name, e);
        }
    }

    /** A new admin client, to be closed by the caller. */
    public Admin admin() {
        return Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers));
    }

    /** All records are written, in order for each partition. */
    public void send(List<ProducerRecord<byte[], byte[]>> records) {
        Map<String, Object> config = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ProducerConfig.LINGER_MS_CONFIG,
                5,
                ProducerConfig.BATCH_SIZE_CONFIG,
                256 * 1024,
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                64 * 1024 * 1024);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
            List<Future<RecordMetadata>> sent = new ArrayList<>(records.size());
            records.forEach(record -> sent.add(producer.send(record)));
            producer.flush();
            for (Future<RecordMetadata> one : sent) {
                one.get();
            }
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("cannot send " + records.size() + " records", e);
        }
    }

    /**
     * What a read_committed reader sees from the beginning to the end as of this call, by partition and offset. Records of
     * open transactions, and those behind them in the same partition, are not in it; those of every transaction committed
     * before the call are.
     */
    public List<ConsumerRecord<byte[], byte[]>> readAll(String topic) {
        awaitTransactionMarkers();
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (TopicReader reader = new TopicReader(bootstrapServers)) {
            reader.all(topic, records::add);
        }
        records.sort(Comparator.<ConsumerRecord<byte[], byte[]>>comparingInt(ConsumerRecord::partition)
                .thenComparingLong(ConsumerRecord::offset));
        return records;
    }

    /** A commit returns when it is decided; its records become visible only when the markers are written, a little later. */
    public void awaitTransactionMarkers() {
        ListTransactionsOptions deciding = new ListTransactionsOptions()
                .filterStates(List.of(TransactionState.PREPARE_COMMIT, TransactionState.PREPARE_ABORT));
        try (Admin admin = admin()) {
            await().pollInterval(POLL.dividedBy(10))
                    .until(() -> admin.listTransactions(deciding).all().get().isEmpty());
        }
    }

    /** The broker is down and, unless it was started on a directory of the caller's, its data gone. */
    @Override
    public void close() {
        node.stop();
        if (deleteDir) {
            try {
                FileUtils.deleteDirectory(dir.toFile());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static final class InThisJvm implements Node {
        private final Properties properties;
        private KafkaRaftServer server;

        InThisJvm(Properties properties) {
            this.properties = properties;
        }

        @Override
        public void start() {
            server = server(properties);
            server.startup();
        }

        @Override
        public void stop() {
            server.shutdown();
            server.awaitShutdown();
        }
    }
}
