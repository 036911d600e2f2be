package dev.weir.sink.deadletter;

import dev.weir.config.WeirConfig;
import dev.weir.doctor.Area;
import dev.weir.doctor.Examination;
import dev.weir.doctor.Finding;
import dev.weir.kafka.KafkaAccess;
import dev.weir.kafka.KafkaArea;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;

/** The dead-letter topic, and how long its transactions may be open. */
public final class DeadLetterArea implements Area {
    private static final String TOPIC = "dead letters";
    private static final String MAX_TIMEOUT = "transaction.max.timeout.ms";

    private final WeirConfig config;
    private final Duration longestCheckpoint;

    /** @param longestCheckpoint from the beginning of a transaction to the commit that a checkpoint makes */
    public DeadLetterArea(WeirConfig config, Duration longestCheckpoint) {
        this.config = config;
        this.longestCheckpoint = longestCheckpoint;
    }

    @Override
    public void examine(Examination examination) {
        examination.check(TOPIC, KafkaArea.TOPICS, () -> asking(this::topic));
        examination.check("record size", TOPIC, () -> asking(this::recordSize));
        examination.check("transaction time", KafkaArea.SERVER, () -> asking(this::transactionTime));
    }

    private interface Question {
        Finding of(Admin admin) throws Exception;
    }

    private Finding asking(Question question) throws Exception {
        try (Admin admin = KafkaAccess.admin(config.kafka())) {
            return question.of(admin);
        }
    }

    private Finding topic(Admin admin) {
        DeadLetterTopic topic = new DeadLetterTopic(config, admin);
        String name = config.deadLetters().topic();
        if (topic.exists()) {
            new KafkaAccess(config.kafka(), admin)
                    .checkTopics("weir.dead-letter.topic", List.of(name), AclOperation.WRITE);
            return Finding.ok(name + " can be written");
        }
        Map<String, TopicDescription> sources = topic.sources();
        int partitions = DeadLetterTopic.partitions(sources);
        int bytes = DeadLetterTopic.wanted(topic.sourceBytes(sources));
        topic.create(partitions, bytes, true);
        return Finding.ok(name + " is not there; the job will make it, partitions: " + partitions
                + ", max.message.bytes: " + bytes);
    }

    private Finding recordSize(Admin admin) {
        DeadLetterTopic topic = new DeadLetterTopic(config, admin);
        String name = config.deadLetters().topic();
        int wanted = DeadLetterTopic.wanted(topic.sourceBytes(topic.sources()));
        if (!topic.exists()) {
            return Finding.ok("will be " + wanted);
        }
        Optional<Integer> actual = topic.maxMessageBytes(name);
        if (actual.isEmpty()) {
            return Finding.warn("weir.dead-letter.topic: no right to see max.message.bytes of " + name
                    + "; grant DESCRIBE_CONFIGS on it (docs/security.md)");
        }
        String text = "max.message.bytes of " + name + " is " + actual.get();
        return actual.get() >= wanted
                ? Finding.ok(text + ", enough for the source's records with headers (" + wanted + ")")
                : Finding.fail("weir.dead-letter.topic: " + text + ", but the source's records with headers need "
                        + wanted + ": large ones would be truncated; run kafka-configs.sh --alter --entity-type topics"
                        + " --entity-name " + name + " --add-config max.message.bytes=" + wanted);
    }

    private Finding transactionTime(Admin admin) {
        Duration timeout = DeadLetterSink.transactionTimeout(config);
        if (timeout.compareTo(longestCheckpoint) <= 0) {
            return Finding.fail("weir.kafka.properties.transaction.timeout.ms is " + timeout.toMillis()
                    + ", but execution.checkpointing.interval and .timeout together are " + longestCheckpoint.toMillis()
                    + " ms: dead letters of a slow checkpoint would be lost; raise it above, with room for a restart,"
                    + " or lower execution.checkpointing.timeout");
        }
        Optional<Long> most = brokersMost(admin);
        if (most.isEmpty()) {
            return Finding.warn("no right to see " + MAX_TIMEOUT + " of the broker: it must be at least "
                    + timeout.toMillis() + "; grant DESCRIBE_CONFIGS on the cluster, or ask who runs the broker");
        }
        return timeout.toMillis() <= most.get()
                ? Finding.ok("transaction.timeout.ms is " + timeout.toMillis() + ", the broker allows " + most.get()
                        + ", the longest checkpoint takes " + longestCheckpoint.toMillis())
                : Finding.fail("weir.kafka.properties.transaction.timeout.ms is " + timeout.toMillis()
                        + ", but the broker allows " + most.get() + "; lower it, or raise " + MAX_TIMEOUT
                        + " of the brokers");
    }

    /** Empty if it may not be read. */
    private Optional<Long> brokersMost(Admin admin) {
        try {
            String broker = KafkaAccess.answer(admin.describeCluster().nodes(), config.kafka()).stream()
                    .findFirst()
                    .orElseThrow()
                    .idString();
            ConfigResource resource = new ConfigResource(ConfigResource.Type.BROKER, broker);
            Config settings = KafkaAccess.answer(
                            admin.describeConfigs(List.of(resource)).all(), config.kafka())
                    .get(resource);
            return Optional.of(Long.valueOf(settings.get(MAX_TIMEOUT).value()));
        } catch (AuthorizationException e) {
            return Optional.empty();
        }
    }
}
