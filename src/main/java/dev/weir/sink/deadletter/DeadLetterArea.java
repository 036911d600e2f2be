package dev.weir.sink.deadletter;

import dev.weir.config.TransactionLife;
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
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.acl.AclOperation;

/** Examines the dead-letter topic, and how long its transactions may stay open. */
public final class DeadLetterArea implements Area {
    private static final String TOPIC = "dead letters";

    private final WeirConfig config;
    private final TransactionLife life;

    public DeadLetterArea(WeirConfig config, TransactionLife life) {
        this.config = config;
        this.life = life;
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
        int bytes = DeadLetterTopic.neededBytes(topic.sourceBytes(sources));
        topic.create(partitions, bytes, true);
        return Finding.ok(name + " does not exist; the job will create it, partitions: " + partitions
                + ", max.message.bytes: " + bytes);
    }

    private Finding recordSize(Admin admin) {
        DeadLetterTopic topic = new DeadLetterTopic(config, admin);
        String name = config.deadLetters().topic();
        int needed = DeadLetterTopic.neededBytes(topic.sourceBytes(topic.sources()));
        if (!topic.exists()) {
            return Finding.ok("will be " + needed);
        }
        Optional<Integer> actual = topic.maxMessageBytes(name);
        if (actual.isEmpty()) {
            return Finding.warn("weir.dead-letter.topic: no right to see max.message.bytes of " + name
                    + "; grant DESCRIBE_CONFIGS on it (docs/security.md)");
        }
        String text = "max.message.bytes of " + name + " is " + actual.get();
        return actual.get() >= needed
                ? Finding.ok(text + ", enough for the source's records with headers (" + needed + ")")
                : Finding.fail("weir.dead-letter.topic: " + text + ", but the source's records with headers need "
                        + needed + ": large ones would be truncated; run kafka-configs.sh --alter --entity-type topics"
                        + " --entity-name " + name + " --add-config max.message.bytes=" + needed);
    }

    private Finding transactionTime(Admin admin) {
        Optional<Duration> limit = TransactionLimit.of(config.kafka(), admin);
        long millis = life.timeout().toMillis();
        if (limit.isEmpty()) {
            return Finding.warn("no right to see " + TransactionLimit.BROKERS + " of the brokers: it must be at least "
                    + millis + "; grant DESCRIBE_CONFIGS on the cluster, or ask their operators");
        }
        return TransactionLimit.problem(life, limit.get())
                .map(Finding::fail)
                .orElseGet(() -> Finding.ok("transaction.timeout.ms is " + millis + ", the brokers allow "
                        + limit.get().toMillis() + ", checkpoints and a restart need at most "
                        + life.longest().toMillis()));
    }
}
