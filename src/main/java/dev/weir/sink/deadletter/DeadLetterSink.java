package dev.weir.sink.deadletter;

import dev.weir.config.TransactionLife;
import dev.weir.config.WeirConfig;
import dev.weir.kafka.KafkaClients;
import java.util.Properties;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.TransactionNamingStrategy;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * Creates the sink of dead letters. A read_committed reader of the topic sees each letter once, after the checkpoint
 * that holds it has completed.
 */
public final class DeadLetterSink {
    /** A request costs the producer's thread as much as a hundred letters, and letters of whole arrays are some KiB each. */
    private static final int BATCH_BYTES = 256 * 1024;

    private static final long LINGER_MILLIS = 500;

    /**
     * Creates the sink.
     *
     * @param maxRecordBytes the same as the format's
     * @param life how long checkpoints and restarts keep a transaction open
     */
    public static Sink<DeadLetterRecord> create(WeirConfig config, int maxRecordBytes, TransactionLife life) {
        KafkaSink<DeadLetterRecord> kafka = KafkaSink.<DeadLetterRecord>builder()
                .setBootstrapServers(config.kafka().bootstrapServers())
                .setKafkaProducerConfig(properties(config, maxRecordBytes))
                .setRecordSerializer(
                        new DeadLetterSerialization(config.deadLetters().topic()))
                .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
                .setTransactionalIdPrefix(transactionalIdPrefix(config))
                // A new id for each checkpoint, although the broker remembers each id for a week. Do not change to
                // POOLING: it uses an id again. A restart that commits a committed transaction once more can then leave
                // another transaction open until it times out.
                .setTransactionNamingStrategy(TransactionNamingStrategy.INCREMENTING)
                .build();
        return new MeasuredKafkaSink(kafka, config, life);
    }

    /** Returns the prefix of this sink's transactional ids. A broker that authorizes by prefix must grant it. */
    public static String transactionalIdPrefix(WeirConfig config) {
        return config.pipeline() + "-dead-letters";
    }

    private static Properties properties(WeirConfig config, int maxRecordBytes) {
        Properties properties = new Properties();
        // Dead letters are not visible before the checkpoint, so a delay costs nothing, and the client's defaults of 5
        // ms and 16 KiB make requests of a few records each. A batch above the topic's limit would be refused and split
        // again.
        Properties clients = KafkaClients.properties(config.kafka());
        properties.setProperty(ProducerConfig.LINGER_MS_CONFIG, Long.toString(lingerMillis(clients)));
        properties.setProperty(
                ProducerConfig.BATCH_SIZE_CONFIG, Integer.toString(Math.min(BATCH_BYTES, maxRecordBytes)));
        properties.putAll(clients);
        KafkaClients.letTransactionsLast(properties, config.kafka());
        properties.setProperty(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(maxRecordBytes));
        return properties;
    }

    /** Returns how long a batch waits for more, in milliseconds: no longer than Kafka allows beside timeouts that the user has set. */
    static long lingerMillis(Properties clients) {
        String delivery = clients.getProperty(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG);
        if (delivery == null) {
            return LINGER_MILLIS;
        }
        String request = clients.getProperty(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, "30000");
        long between = Long.parseLong(delivery.strip()) - Long.parseLong(request.strip());
        return Math.max(0, Math.min(LINGER_MILLIS, between));
    }

    private DeadLetterSink() {}
}
