package dev.weir.source;

import dev.weir.config.WeirConfig;
import dev.weir.config.WeirConfig.Start;
import dev.weir.config.WeirConfig.Stop;
import dev.weir.core.model.Event;
import dev.weir.kafka.KafkaClients;
import java.time.Instant;
import java.util.Properties;
import java.util.regex.Pattern;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.KafkaSourceOptions;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Makes the Kafka source of the pipeline. Its stream holds the events of each partition in offset order, without watermarks.
 *
 * <p>Positions are the checkpoint's; they are also committed to the consumer group when a checkpoint completes, for a start
 * without state and for the eyes of lag monitors (up to ten seconds later on an idle topic). New partitions, and new topics of
 * a pattern, are found every five minutes unless the property {@code partition.discovery.interval.ms} says otherwise; a bounded
 * run looks once.
 */
public final class EventSource {

    /** A source as {@code config} says, which ends by itself if it is bounded; {@code type} is how its events cross the wire. */
    public static Source<Event, ?, ?> create(WeirConfig config, TypeInformation<Event> type) {
        return create(config, type, null, false);
    }

    /**
     * The same.
     *
     * @param ends of a bounded run, so that its state says of every partition how far it was read; may be null
     * @param holdsTheEnd true: at its end it marks its stream as idle, and waits for a stop with a savepoint that drains. Flink deletes the
     *     checkpoints of a job that ends by itself, so only such a savepoint keeps the state of a bounded run
     */
    public static Source<Event, ?, ?> create(
            WeirConfig config, TypeInformation<Event> type, EndOffsets ends, boolean holdsTheEnd) {
        WeirConfig.Kafka kafka = config.kafka();
        EventDeserializer deserializer = new EventDeserializer(type);
        KafkaSourceBuilder<Event> builder = KafkaSource.<Event>builder()
                .setProperties(properties(kafka))
                .setBootstrapServers(kafka.bootstrapServers())
                .setGroupId(kafka.group())
                .setClientIdPrefix(config.pipeline())
                .setStartingOffsets(starting(kafka.start()))
                .setDeserializer(deserializer);
        if (kafka.topicPattern() == null) {
            builder.setTopics(kafka.topics());
        } else {
            builder.setTopicPattern(Pattern.compile(kafka.topicPattern()));
        }
        if (kafka.stop().bounded()) {
            builder.setBounded(stopping(kafka.stop()));
        }
        return new StoppingSource(
                builder.build(), deserializer, consumer(config), splitEnds(kafka, ends), kafka, holdsTheEnd);
    }

    /** What the connector gives a consumer; but it must not reset a position by itself, since nobody would see what that skips. */
    static Properties consumer(WeirConfig config) {
        Properties properties = properties(config.kafka());
        properties.setProperty(ConsumerConfig.GROUP_ID_CONFIG, config.kafka().group());
        properties.setProperty(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        properties.setProperty(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        properties.setProperty(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
        properties.setProperty(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
        properties.setProperty(KafkaSourceOptions.CLIENT_ID_PREFIX.key(), config.pipeline());
        return properties;
    }

    private static SplitEnds splitEnds(WeirConfig.Kafka kafka, EndOffsets ends) {
        Properties client = properties(kafka);
        client.setProperty(ConsumerConfig.GROUP_ID_CONFIG, kafka.group());
        return new SplitEnds(client, kafka.stop().bounded() ? stopping(kafka.stop()) : null, ends);
    }

    private static Properties properties(WeirConfig.Kafka kafka) {
        Properties properties = new Properties();
        properties.setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        // The client's 500 make the source change threads for every 500 records.
        properties.setProperty(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "5000");
        properties.putAll(KafkaClients.properties(kafka));
        return properties;
    }

    private static OffsetsInitializer starting(Start start) {
        return switch (start.mode()) {
            case COMMITTED_OR_EARLIEST -> StartOffsets.COMMITTED_OR_EARLIEST;
            case EARLIEST -> StartOffsets.EARLIEST;
            case LATEST -> OffsetsInitializer.latest();
            case AT -> OffsetsInitializer.timestamp(firstMillisNotBefore(start.instant()));
        };
    }

    /**
     * An instant ends each partition before its first record at or after it; a partition without such a record, at its end as
     * of the start, also when the instant lies in the future.
     */
    private static OffsetsInitializer stopping(Stop stop) {
        return stop.mode() == Stop.Mode.LATEST
                ? OffsetsInitializer.latest()
                : OffsetsInitializer.timestamp(firstMillisNotBefore(stop.instant()));
    }

    /** Rounded up: a record's whole milliseconds are at or after the instant exactly when they are at or after this. */
    static long firstMillisNotBefore(Instant instant) {
        long millis = instant.toEpochMilli();
        return Instant.ofEpochMilli(millis).isBefore(instant) ? millis + 1 : millis;
    }

    private EventSource() {}
}
