package dev.weir.sink.deadletter;

import dev.weir.config.TransactionLife;
import dev.weir.config.WeirConfig;
import dev.weir.kafka.KafkaAccess;
import dev.weir.kafka.KafkaErrors;
import dev.weir.kafka.UnknownTopicRetry;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ensures, before the job starts, that the dead-letter topic exists and accepts the largest records of the source's
 * topics.
 */
public final class DeadLetterTopic {
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterTopic.class);

    /**
     * The largest record that is written. The producer must hold a whole record in its buffer, 32 MiB by default; this
     * leaves room for others.
     */
    private static final int GREATEST_RECORD_BYTES = 16 * 1024 * 1024;

    private static final int DEFAULT_SOURCE_BYTES =
            DeadLetterFormat.DEFAULT_MAX_RECORD_BYTES - DeadLetterFormat.HEADROOM_BYTES;

    private final WeirConfig config;
    private final String topic;
    private final Admin admin;

    DeadLetterTopic(WeirConfig config, Admin admin) {
        this.config = config;
        this.topic = config.deadLetters().topic();
        this.admin = admin;
    }

    /**
     * Checks all rights that the job needs in Kafka, and creates the topic if it does not exist. A new topic has as
     * many partitions as the source topic with the most, the broker's default replication, and a record limit of the
     * source's + 64 KiB. An existing one stays as it is; a warning is logged if its limit is smaller.
     *
     * @return the largest record in bytes that the topic accepts: the limit for the format and the sink
     * @throws IllegalStateException if the topic neither exists nor can be created, a source topic is missing, the
     *     broker is away, refuses the client or allows shorter transactions only, or a right is missing; the message
     *     begins with the option
     */
    public static int ensure(WeirConfig config, TransactionLife life) {
        int sentAtMost = maxRequestSize(config);
        try (Admin admin = KafkaAccess.admin(config.kafka())) {
            DeadLetterTopic topic = new DeadLetterTopic(config, admin);
            int limit = topic.ensure();
            TransactionLimit.require(life, config.kafka(), admin);
            KafkaAccess.check(
                    config.kafka(), topic.sourceNames(), topic.topic, DeadLetterSink.transactionalIdPrefix(config));
            return Math.min(Math.min(limit, GREATEST_RECORD_BYTES), sentAtMost);
        }
    }

    /** Returns the user's limit for a producer's request, in bytes. */
    private static int maxRequestSize(WeirConfig config) {
        String value = config.kafka().properties().get(ProducerConfig.MAX_REQUEST_SIZE_CONFIG);
        if (value == null) {
            return Integer.MAX_VALUE;
        }
        int bytes = parseInt(value);
        if (bytes < DeadLetterFormat.HEADROOM_BYTES) {
            throw new IllegalStateException(
                    "weir.kafka.properties.max.request.size must be a number of bytes, at least "
                            + DeadLetterFormat.HEADROOM_BYTES + " (room for the headers of a dead letter), got "
                            + value);
        }
        return bytes;
    }

    private static int parseInt(String value) {
        try {
            return Integer.parseInt(value.trim());
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private int ensure() {
        Map<String, TopicDescription> sources = sources();
        int sourceBytes = sourceBytes(sources);
        int needed = neededBytes(sourceBytes);
        if (!exists() && create(partitions(sources), needed, false)) {
            return needed;
        }
        int actual = maxMessageBytes(topic).orElse(needed);
        checkLimit(actual, sourceBytes, needed);
        return actual;
    }

    /**
     * Returns the largest record that any source topic accepts, in bytes; the broker's default for a topic whose limit
     * may not be read.
     */
    int sourceBytes(Map<String, TopicDescription> sources) {
        return sources.keySet().stream()
                .mapToInt(source -> maxMessageBytes(source).orElse(DEFAULT_SOURCE_BYTES))
                .max()
                .orElse(DEFAULT_SOURCE_BYTES);
    }

    /** Returns the record limit that the topic needs so that nothing is truncated, in bytes. */
    static int neededBytes(int sourceBytes) {
        return (int) Math.min(Integer.MAX_VALUE, (long) sourceBytes + DeadLetterFormat.HEADROOM_BYTES);
    }

    /** Returns the number of partitions of a new topic. */
    static int partitions(Map<String, TopicDescription> sources) {
        return sources.values().stream()
                .mapToInt(source -> source.partitions().size())
                .max()
                .orElse(1);
    }

    Map<String, TopicDescription> sources() {
        WeirConfig.Kafka kafka = config.kafka();
        try {
            return UnknownTopicRetry.ask(
                    () -> get(admin.describeTopics(sourceNames()).allTopicNames()));
        } catch (UnknownTopicOrPartitionException e) {
            throw new IllegalStateException(KafkaErrors.missing("one of " + kafka.topics(), kafka), e);
        } catch (AuthorizationException e) {
            throw new IllegalStateException(KafkaErrors.hidden(kafka.topics()), e);
        }
    }

    private Collection<String> sourceNames() {
        return KafkaAccess.topics(config.kafka(), admin);
    }

    boolean exists() {
        try {
            return get(admin.describeTopics(List.of(topic)).allTopicNames()).containsKey(topic);
        } catch (UnknownTopicOrPartitionException e) {
            return false;
        } catch (ApiException e) {
            throw new IllegalStateException(
                    "weir.dead-letter.topic: cannot describe '" + topic + "' (" + e.getMessage()
                            + "); it needs a legal name, and the user DESCRIBE and WRITE on it",
                    e);
        }
    }

    /**
     * Creates the topic. Returns false if somebody else created it in the meantime.
     *
     * @param onlyAsk only asks the broker whether creation would succeed
     */
    boolean create(int partitions, int maxMessageBytes, boolean onlyAsk) {
        NewTopic created = new NewTopic(topic, Optional.of(partitions), Optional.empty())
                .configs(Map.of(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(maxMessageBytes)));
        try {
            get(admin.createTopics(List.of(created), new CreateTopicsOptions().validateOnly(onlyAsk))
                    .all());
            if (!onlyAsk) {
                LOG.info(
                        "Created the dead-letter topic '{}': {} partitions, max.message.bytes={}",
                        topic,
                        partitions,
                        maxMessageBytes);
            }
            return true;
        } catch (TopicExistsException e) {
            return false;
        } catch (ApiException e) {
            throw new IllegalStateException(
                    "weir.dead-letter.topic: '" + topic + "' does not exist and could not be created (" + e.getMessage()
                            + "); create it with " + partitions + " partitions and max.message.bytes=" + maxMessageBytes
                            + ", or grant CREATE on it",
                    e);
        }
    }

    private void checkLimit(int actual, int sourceBytes, int needed) {
        if (actual < DeadLetterFormat.HEADROOM_BYTES) {
            throw new IllegalStateException("weir.dead-letter.topic: max.message.bytes of '" + topic + "' is " + actual
                    + ", too small for the headers; it must be at least " + DeadLetterFormat.HEADROOM_BYTES
                    + " and should be " + needed);
        }
        if (actual < needed) {
            LOG.warn(
                    "weir.dead-letter.topic: max.message.bytes of '{}' is {}, but the source takes records of {}: the largest will"
                            + " be truncated. To keep them whole: kafka-configs.sh --alter --entity-type topics --entity-name {}"
                            + " --add-config max.message.bytes={}, then restart the job",
                    topic,
                    actual,
                    sourceBytes,
                    topic,
                    needed);
        }
    }

    /** Returns the topic's record limit in bytes; empty if it may not be read. */
    Optional<Integer> maxMessageBytes(String name) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, name);
        try {
            Config topicConfig = UnknownTopicRetry.ask(
                            () -> get(admin.describeConfigs(List.of(resource)).all()))
                    .get(resource);
            return Optional.of(Integer.valueOf(
                    topicConfig.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG).value()));
        } catch (AuthorizationException e) {
            LOG.warn(
                    "No right to DESCRIBE_CONFIGS of topic '{}': its max.message.bytes is assumed to be the default; if it is"
                            + " smaller, a large dead letter fails the job",
                    name);
            return Optional.empty();
        }
    }

    private <T> T get(KafkaFuture<T> future) {
        return KafkaAccess.answer(future, config.kafka());
    }
}
