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
 * Makes the Kafka source of the pipeline. Its stream holds the events of each partition in offset order, without
 * watermarks.
 *
 * <p>Positions are stored in checkpoints. They are also committed to the consumer group when a checkpoint completes, up
 * to ten seconds later on an idle topic: a start without state begins there, and lag monitors read them. New
 * partitions, and new topics of a pattern, are found every five minutes unless the property {@code
 * partition.discovery.interval.ms} says otherwise. A bounded run looks for partitions once.
 */
public final class EventSource {

    /**
     * Creates the source that {@code config} describes. A bounded source ends by itself.
     *
     * @param type the type that serializes its events
     */
    public static Source<Event, ?, ?> create(WeirConfig config, TypeInformation<Event> type) {
        return create(config, type, null, false);
    }

    /**
     * Creates the source, for a run whose state is to be kept at its end.
     *
     * @param type the type that serializes its events
     * @param ends the ends of a bounded run, so that its state says how far every partition was read; null if they are
     *     not known beforehand
     * @param holdsTheEnd whether, at its end, the source marks its stream as idle and waits for a stop with a savepoint
     *     that drains. Flink deletes the checkpoints of a job that ends by itself, so only such a savepoint keeps the
     *     state of a bounded run
     */
    public static Source<Event, ?, ?> create(
            WeirConfig config, TypeInformation<Event> type, EndOffsets ends, boolean holdsTheEnd) {
        WeirConfig.Kafka kafka = config.kafka();
        EventDeserializer deserializer =
                new EventDeserializer(type, config.catalog().headers());
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
                builder.build(),
                deserializer,
                consumer(config),
                splitEnds(kafka, ends),
                kafka,
                new FileInputs(config.pipeline(), config.catalog()),
                holdsTheEnd);
    }

    /**
     * Returns the consumer's properties. They are the connector's, except that the consumer must not reset a position
     * by itself: nobody would see which records that skips.
     */
    static Properties consumer(WeirConfig config) {
        Properties properties = properties(config.kafka());
        properties.setProperty(ConsumerConfig.GROUP_ID_CONFIG, config.kafka().group());
        properties.setProperty(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        properties.setProperty(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        properties.setProperty(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
        properties.setProperty(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
        properties.setProperty(KafkaSourceOptions.CLIENT_ID_PREFIX.key(), config.pipeline());
        properties.putIfAbsent(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, Integer.toString(recordsOfAPoll(config)));
        return properties;
    }

    /**
     * Returns how many records to take at a time. The source switches threads for each poll, so Kafka's default of 500
     * is too few. But some polls always wait for the task's thread, and 5,000 arrays are so many bytes that the garbage
     * collector mostly copies what waits.
     */
    private static int recordsOfAPoll(WeirConfig config) {
        boolean arrays = config.catalog().inputs().stream()
                .anyMatch(input -> input.payload().hasItems());
        return arrays ? 1_000 : 5_000;
    }

    private static SplitEnds splitEnds(WeirConfig.Kafka kafka, EndOffsets ends) {
        Properties client = properties(kafka);
        client.setProperty(ConsumerConfig.GROUP_ID_CONFIG, kafka.group());
        return new SplitEnds(client, kafka.stop().bounded() ? stopping(kafka.stop()) : null, ends);
    }

    private static Properties properties(WeirConfig.Kafka kafka) {
        Properties properties = new Properties();
        properties.setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
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
     * Returns the rule for the ends of partitions. With an instant, a partition ends before its first record at or
     * after the instant. A partition without such a record ends at its end as of the start, even if the instant lies in
     * the future.
     */
    private static OffsetsInitializer stopping(Stop stop) {
        return stop.mode() == Stop.Mode.LATEST
                ? OffsetsInitializer.latest()
                : OffsetsInitializer.timestamp(firstMillisNotBefore(stop.instant()));
    }

    /**
     * Returns the instant in epoch milliseconds, rounded up. A record's timestamp in whole milliseconds is at or after
     * the instant exactly if it is at or after this number.
     */
    static long firstMillisNotBefore(Instant instant) {
        long millis = instant.toEpochMilli();
        return Instant.ofEpochMilli(millis).isBefore(instant) ? millis + 1 : millis;
    }

    private EventSource() {}
}
