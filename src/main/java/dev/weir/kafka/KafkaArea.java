package dev.weir.kafka;

import dev.weir.config.WeirConfig;
import dev.weir.doctor.Area;
import dev.weir.doctor.Examination;
import dev.weir.doctor.Finding;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Examines the brokers, and the topics, the group and the transactional ids that the job uses. */
public final class KafkaArea implements Area {
    /** The check that a broker answers. Without it no other check of Kafka can run. */
    public static final String SERVER = "kafka";
    /** The check of the source's topics. Checks that need those topics depend on it. */
    public static final String TOPICS = "topics";

    private static final String GROUP = "group";
    private static final String TRANSACTIONS = "transactions";
    /** Warns beyond this difference. Machines that keep time by NTP differ by milliseconds. */
    private static final Duration SKEW = Duration.ofSeconds(5);

    private final WeirConfig.Kafka kafka;
    private final OptionalInt parallelism;
    private final String prefix;

    /**
     * Creates the area.
     *
     * @param parallelism the job's parallelism, if it is configured
     * @param prefix the prefix of the job's transactional ids
     */
    public KafkaArea(WeirConfig.Kafka kafka, OptionalInt parallelism, String prefix) {
        this.kafka = kafka;
        this.parallelism = parallelism;
        this.prefix = prefix;
    }

    @Override
    public void examine(Examination examination) {
        examination.check(SERVER, () -> asking(this::server));
        examination.check(TOPICS, SERVER, () -> asking(this::topics));
        examination.check("partitions", TOPICS, () -> asking(this::partitions));
        examination.check(GROUP, SERVER, () -> asking(this::group));
        examination.check(TRANSACTIONS, SERVER, this::transactions);
        examination.check("clock", List.of(TOPICS, GROUP, TRANSACTIONS), () -> asking(this::clock));
    }

    private interface Question {
        Finding of(Admin admin) throws Exception;
    }

    private Finding asking(Question question) throws Exception {
        try (Admin admin = KafkaAccess.admin(kafka)) {
            return question.of(admin);
        }
    }

    private Finding server(Admin admin) {
        int brokers = KafkaAccess.answer(admin.describeCluster().nodes(), kafka).size();
        return Finding.ok(kafka.bootstrapServers() + " answers, brokers: " + brokers);
    }

    private Finding topics(Admin admin) {
        Collection<String> names = KafkaAccess.topics(kafka, admin);
        if (names.isEmpty()) {
            return Finding.warn("weir.kafka.topic-pattern: no topic matches " + kafka.topicPattern()
                    + " yet; correct it, or create the topics");
        }
        for (String name : names) {
            try {
                KafkaAccess.answer(admin.describeTopics(List.of(name)).allTopicNames(), kafka);
            } catch (UnknownTopicOrPartitionException e) {
                return Finding.fail(KafkaErrors.missing(name, kafka));
            } catch (AuthorizationException e) {
                return Finding.fail(KafkaErrors.hidden(name));
            }
        }
        new KafkaAccess(kafka, admin).checkTopics("weir.kafka.topics", names, AclOperation.READ);
        return Finding.ok(String.join(", ", names) + " can be read");
    }

    private Finding partitions(Admin admin) {
        Map<String, Integer> partitions = partitionsOf(admin);
        int sum = partitions.values().stream().mapToInt(Integer::intValue).sum();
        String text = partitions.entrySet().stream()
                .map(topic -> topic.getKey() + " has " + topic.getValue())
                .collect(Collectors.joining(", "));
        if (parallelism.isEmpty()) {
            return Finding.ok(text + "; parallelism.default is not set, more than " + sum + " would read nothing");
        }
        if (parallelism.getAsInt() > sum) {
            // The advice is not "add partitions": that moves sensors to other partitions, and their order is lost.
            return Finding.warn("parallelism.default is " + parallelism.getAsInt() + ", but " + text
                    + ": the subtasks beyond " + sum + " read nothing; lower it");
        }
        return Finding.ok(text + ", parallelism.default is " + parallelism.getAsInt());
    }

    private Map<String, Integer> partitionsOf(Admin admin) {
        Map<String, Integer> partitions = new TreeMap<>();
        for (TopicDescription topic : KafkaAccess.answer(
                        admin.describeTopics(KafkaAccess.topics(kafka, admin)).allTopicNames(), kafka)
                .values()) {
            partitions.put(topic.name(), topic.partitions().size());
        }
        return partitions;
    }

    private Finding group(Admin admin) {
        new KafkaAccess(kafka, admin).checkGroup();
        return Finding.ok(kafka.group() + " can be used");
    }

    private Finding transactions() {
        KafkaAccess.checkTransactions(kafka, prefix);
        return Finding.ok("ids that begin with " + prefix + " can be used");
    }

    private Finding clock(Admin admin) {
        if (KafkaAccess.topics(kafka, admin).isEmpty()) {
            return Finding.ok("not compared: there is no topic yet");
        }
        Duration ahead = BrokerClock.ahead(kafka, admin, prefix);
        String text = "the broker's clock is " + ahead.abs().toMillis() + " ms "
                + (ahead.isNegative() ? "behind" : "ahead of") + " this machine's, or less";
        return ahead.abs().compareTo(SKEW) <= 0
                ? Finding.ok(text)
                : Finding.warn(
                        text
                                + ": the broker's may stamp records, which weir.time.future-skew is measured from; set both by NTP");
    }
}
