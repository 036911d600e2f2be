package dev.weir.source;

import dev.weir.core.model.Event;
import dev.weir.files.FileReader;
import dev.weir.metrics.WeirMetrics;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.base.source.reader.RecordEmitter;
import org.apache.flink.connector.base.source.reader.synchronization.FutureCompletingBlockingQueue;
import org.apache.flink.connector.kafka.source.KafkaSourceOptions;
import org.apache.flink.connector.kafka.source.metrics.KafkaSourceReaderMetrics;
import org.apache.flink.connector.kafka.source.reader.KafkaRecordEmitter;
import org.apache.flink.connector.kafka.source.reader.KafkaSourceReader;
import org.apache.flink.connector.kafka.source.reader.fetcher.KafkaSourceFetcherManager;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplitState;
import org.apache.flink.util.clock.SystemClock;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Builds Kafka's reader as the connector does, but with {@link EventSplitReader}s and with splits that keep their
 * topic's id. If the catalog has topics that announce files, their splits are read by a {@link FileSplitReader} in a
 * fetcher of its own; the others are read as if there were none.
 */
final class EventReader extends KafkaSourceReader<Event> {
    /** Announcements for one poll. They are queued by the reader, which bounds what it keeps of them. */
    private static final String ANNOUNCEMENTS_PER_POLL = "1000";

    private final Predicate<String> announces;
    /** The splits of files that were read to their end, by id. The base class forgets them. */
    private final Map<String, KafkaPartitionSplit> finished = new HashMap<>();

    private EventReader(
            KafkaSourceFetcherManager fetchers,
            RecordEmitter<ConsumerRecord<byte[], byte[]>, Event, KafkaPartitionSplitState> emitter,
            Predicate<String> announces,
            Properties client,
            SourceReaderContext context,
            KafkaSourceReaderMetrics metrics) {
        super(fetchers.getQueue(), fetchers, emitter, configuration(client), context, metrics);
        this.announces = announces;
    }

    /**
     * Creates a reader for the splits that it will be given.
     *
     * @param client the properties of its consumers
     * @param topics the client for questions about topics; the caller closes it
     */
    static EventReader create(
            Properties client,
            EventDeserializer deserializer,
            SourceReaderContext context,
            InputTopics topics,
            TopicIds ids,
            FileInputs files) {
        Waiting waiting = new Waiting(context, files.pipeline());
        if (files.none()) {
            KafkaSourceReaderMetrics metrics = new OncePerPartition(context);
            var fetchers = new KafkaSourceFetcherManager(
                    new FutureCompletingBlockingQueue<>(),
                    () -> splitReader(client, context, metrics, topics, ids),
                    finished -> {});
            return new EventReader(
                    fetchers, new KafkaRecordEmitter<>(deserializer), topic -> false, client, context, metrics);
        }
        KafkaSourceReaderMetrics metrics = new SharedReaderMetrics(context.metricGroup());
        EventFetchers fetchers =
                EventFetchers.of(files::announces, () -> splitReader(client, context, metrics, topics, ids), () -> {
                    EventSplitReader kafka = splitReader(ofAnnouncements(client), context, metrics, topics, ids);
                    WakeUps wakeUps = new WakeUps(kafka);
                    FileReader reader = new FileReader(wakeUps::wakeUp);
                    waiting.of(reader);
                    return new FileSplitReader(
                            kafka,
                            wakeUps,
                            files::input,
                            reader::open,
                            reader,
                            Clock.systemUTC(),
                            SystemClock.getInstance());
                });
        return new EventReader(fetchers, new EventEmitter(deserializer), files::announces, client, context, metrics);
    }

    private static EventSplitReader splitReader(
            Properties client,
            SourceReaderContext context,
            KafkaSourceReaderMetrics metrics,
            InputTopics topics,
            TopicIds ids) {
        return new EventSplitReader(
                client, context, metrics, topics, ids, new MetadataChanges(SystemClock.getInstance()));
    }

    /** Returns the properties of the consumer of announcements. Two consumers in one process must not have one name. */
    private static Properties ofAnnouncements(Properties client) {
        Properties properties = new Properties();
        properties.putAll(client);
        properties.setProperty(
                KafkaSourceOptions.CLIENT_ID_PREFIX.key(),
                client.getProperty(KafkaSourceOptions.CLIENT_ID_PREFIX.key()) + "-files");
        properties.setProperty(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, ANNOUNCEMENTS_PER_POLL);
        return properties;
    }

    @Override
    protected KafkaPartitionSplitState initializedState(KafkaPartitionSplit split) {
        finished.remove(split.splitId());
        return announces.test(split.getTopic()) ? new FileSplitState(split) : new IdentifiedSplitState(split);
    }

    @Override
    protected void onSplitFinished(Map<String, KafkaPartitionSplitState> states) {
        super.onSplitFinished(states);
        states.forEach((id, state) -> {
            if (state instanceof FileSplitState) {
                KafkaPartitionSplit split = state.toKafkaPartitionSplit();
                long end = split.getStoppingOffset().orElseThrow();
                finished.put(id, IdentifiedSplit.between(split, Math.max(split.getStartingOffset(), end), end));
            }
        });
    }

    /** Returns the splits, also those of files that were read to their end: a later run needs what they remember. */
    @Override
    public List<KafkaPartitionSplit> snapshotState(long checkpointId) {
        List<KafkaPartitionSplit> splits = new ArrayList<>(super.snapshotState(checkpointId));
        splits.addAll(finished.values());
        return splits;
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

    /** Shows how many files wait for storage. A reader of files is created with its fetcher, and anew after that was idle. */
    private static final class Waiting {
        private volatile FileReader reader;

        Waiting(SourceReaderContext context, String pipeline) {
            WeirMetrics.group(context.metricGroup(), pipeline)
                    .gauge("waitingForStorage", () -> reader == null ? 0 : reader.waiting());
        }

        void of(FileReader now) {
            reader = now;
        }
    }
}
