package dev.weir.source;

import dev.weir.core.model.Event;
import java.util.HashSet;
import java.util.Properties;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitReader;
import org.apache.flink.connector.base.source.reader.synchronization.FutureCompletingBlockingQueue;
import org.apache.flink.connector.kafka.source.metrics.KafkaSourceReaderMetrics;
import org.apache.flink.connector.kafka.source.reader.KafkaRecordEmitter;
import org.apache.flink.connector.kafka.source.reader.KafkaSourceReader;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.connector.kafka.source.reader.fetcher.KafkaSourceFetcherManager;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplitState;
import org.apache.flink.util.clock.SystemClock;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Builds Kafka's reader as the connector does, but with {@link EventSplitReader}s and with splits that keep their
 * topic's id.
 */
final class EventReader extends KafkaSourceReader<Event> {

    private EventReader(
            FutureCompletingBlockingQueue<RecordsWithSplitIds<ConsumerRecord<byte[], byte[]>>> fetched,
            Supplier<SplitReader<ConsumerRecord<byte[], byte[]>, KafkaPartitionSplit>> splitReaders,
            KafkaRecordDeserializationSchema<Event> deserializer,
            Properties client,
            SourceReaderContext context,
            KafkaSourceReaderMetrics metrics) {
        super(
                fetched,
                new KafkaSourceFetcherManager(fetched, splitReaders, finished -> {}),
                new KafkaRecordEmitter<>(deserializer),
                configuration(client),
                context,
                metrics);
    }

    /**
     * Creates a reader for the splits that it will be given.
     *
     * @param client the properties of its consumer
     * @param topics the client for questions about topics; the caller closes it
     */
    static EventReader create(
            Properties client,
            KafkaRecordDeserializationSchema<Event> deserializer,
            SourceReaderContext context,
            InputTopics topics,
            TopicIds ids) {
        KafkaSourceReaderMetrics metrics = new OncePerPartition(context);
        return new EventReader(
                new FutureCompletingBlockingQueue<>(),
                () -> new EventSplitReader(
                        client, context, metrics, topics, ids, new MetadataChanges(SystemClock.getInstance())),
                deserializer,
                client,
                context,
                metrics);
    }

    @Override
    protected KafkaPartitionSplitState initializedState(KafkaPartitionSplit split) {
        return new IdentifiedSplitState(split);
    }

    private static Configuration configuration(Properties client) {
        Configuration configuration = new Configuration();
        client.stringPropertyNames().forEach(name -> configuration.setString(name, client.getProperty(name)));
        return configuration;
    }

    /** Registers the metrics of a partition once, even if its split is added again. */
    private static final class OncePerPartition extends KafkaSourceReaderMetrics {
        private final Set<TopicPartition> registered = new HashSet<>();

        OncePerPartition(SourceReaderContext context) {
            super(context.metricGroup());
        }

        @Override
        public void registerTopicPartition(TopicPartition partition) {
            if (registered.add(partition)) {
                super.registerTopicPartition(partition);
            }
        }
    }
}
