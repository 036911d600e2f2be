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

/** Makes the sink of dead letters: a read_committed reader of the topic sees each once, when the checkpoint that holds it completes. */
public final class DeadLetterSink {
    /**
     * The sink.
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
                // A new id for each checkpoint, although the broker remembers each for a week. Do not change to
                // POOLING: it uses an id again, so that a restart which commits once more what is already committed
                // can leave a transaction open until it times out.
                .setTransactionNamingStrategy(TransactionNamingStrategy.INCREMENTING)
                .build();
        return new MeasuredKafkaSink(kafka, config, life);
    }

    /** What the transactional ids of this sink begin with; to be granted where a broker authorizes by it. */
    public static String transactionalIdPrefix(WeirConfig config) {
        return config.pipeline() + "-dead-letters";
    }

    private static Properties properties(WeirConfig config, int maxRecordBytes) {
        Properties properties = new Properties();
        // Nobody sees them before the checkpoint, and the client's 5 ms and 16 KiB make requests of a few records each.
        // A batch greater than the topic's limit the broker would refuse, and the client have to divide.
        properties.setProperty(ProducerConfig.LINGER_MS_CONFIG, "100");
        properties.setProperty(ProducerConfig.BATCH_SIZE_CONFIG, Integer.toString(DeadLetterFormat.HEADROOM_BYTES));
        properties.putAll(KafkaClients.properties(config.kafka()));
        KafkaClients.letTransactionsLast(properties, config.kafka());
        properties.setProperty(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(maxRecordBytes));
        return properties;
    }

    private DeadLetterSink() {}
}
