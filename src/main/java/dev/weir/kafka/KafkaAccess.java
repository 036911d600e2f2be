package dev.weir.kafka;

import dev.weir.config.WeirConfig;
import java.util.Collection;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.MemberToRemove;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownMemberIdException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Checks, before the job starts, that the brokers allow what the job is going to do. Without these checks a missing
 * right would fail some operator of the running job, and restarts would repeat that failure.
 *
 * <p>The idea is to ask the broker for the rights themselves, instead of trying an operation and undoing it. A broker
 * lists the operations that a client may use on a topic or a group together with its description. Two rights are not
 * listed anywhere:
 * <ul>
 * <li>A group that does not exist yet cannot be described. The check asks to remove a member that does not exist: that
 * needs the same right as joining, {@code READ}, and changes nothing.
 * <li>The right to a transactional id shows only in use. The check initializes a producer with the id {@code
 * <prefix>-check}, and gives it the job's transaction timeout, so that the broker also refuses a timeout above its
 * {@code transaction.max.timeout.ms}.
 * </ul>
 *
 * <p>Invariant: a check writes no record, commits no offset, and takes neither a transactional id nor a membership from
 * a running job. The cost is a few requests at each start, and one transactional id that the broker remembers as long
 * as any other. A broker that does not answer costs about 12 s ({@link KafkaClients#forChecks}). The rights that each
 * operation needs are listed in Kafka's documentation, "Authorization and ACLs".
 */
public final class KafkaAccess {
    private final WeirConfig.Kafka kafka;
    private final Admin admin;

    /**
     * Creates the checks.
     *
     * @param admin the client to ask with; the caller closes it
     */
    public KafkaAccess(WeirConfig.Kafka kafka, Admin admin) {
        this.kafka = kafka;
        this.admin = admin;
    }

    /**
     * Creates an admin client for checks. The caller closes it.
     *
     * @throws IllegalStateException if no client can be created from the properties; the message names the property
     */
    public static Admin admin(WeirConfig.Kafka kafka) {
        try {
            KafkaClients.requireReadable(kafka);
            return Admin.create(KafkaClients.forChecks(kafka));
        } catch (RuntimeException e) {
            throw new IllegalStateException(KafkaErrors.explainedCreation(e, kafka));
        }
    }

    /**
     * Checks that the job may read its topics, use its group, and write dead letters in transactions.
     *
     * @param read the topics that the job reads
     * @param written the dead-letter topic
     * @param prefix the prefix of the job's transactional ids
     * @throws IllegalStateException if a right is missing or no broker answers; the message names the option and the
     *     right
     */
    public static void check(WeirConfig.Kafka kafka, Collection<String> read, String written, String prefix) {
        try (Admin admin = admin(kafka)) {
            KafkaAccess access = new KafkaAccess(kafka, admin);
            access.checkTopics("weir.kafka.topics", read, AclOperation.READ);
            access.checkTopics("weir.dead-letter.topic", List.of(written), AclOperation.WRITE);
            access.checkGroup();
        }
        checkTransactions(kafka, prefix);
    }

    /**
     * Waits for the broker's answer and returns it.
     *
     * @throws IllegalStateException if the connection fails: no broker answers, or the broker refuses the client
     * @throws RuntimeException any other error of the broker, as it is
     */
    public static <T> T answer(KafkaFuture<T> future, WeirConfig.Kafka kafka) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw refusal(e.getCause(), kafka);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static RuntimeException refusal(Throwable cause, WeirConfig.Kafka kafka) {
        if (cause instanceof TimeoutException) {
            return new IllegalStateException(
                    "weir.kafka.bootstrap-servers: no answer from " + kafka.bootstrapServers() + " ("
                            + cause.getMessage()
                            + "); check the address, and weir.kafka.properties.* for security settings",
                    cause);
        }
        if (cause instanceof AuthenticationException) {
            return new IllegalStateException(KafkaErrors.explained(cause, kafka), cause);
        }
        return cause instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(cause);
    }

    /**
     * Checks that the operation is allowed on each topic. A broker without an authorizer lists every operation, and one
     * that is too old to list any returns null.
     *
     * @param option the option to name in the message when a right is missing
     * @throws IllegalStateException if the right is missing on a topic
     */
    public void checkTopics(String option, Collection<String> topics, AclOperation needed) {
        DescribeTopicsOptions withRights = new DescribeTopicsOptions().includeAuthorizedOperations(true);
        for (TopicDescription topic : UnknownTopicRetry.ask(
                        () -> answer(admin.describeTopics(topics, withRights).allTopicNames(), kafka))
                .values()) {
            Set<AclOperation> allowed = topic.authorizedOperations();
            if (allowed != null && !allowed.contains(needed)) {
                throw new IllegalStateException(option + ": no right to " + needed + " " + topic.name() + "; grant "
                        + needed + " on it (docs/security.md)");
            }
        }
    }

    /**
     * Checks that the job may use its consumer group.
     *
     * @throws IllegalStateException if the right to the group is missing
     */
    public void checkGroup() {
        DescribeConsumerGroupsOptions withRights =
                new DescribeConsumerGroupsOptions().includeAuthorizedOperations(true);
        try {
            Set<AclOperation> allowed = answer(
                            admin.describeConsumerGroups(List.of(kafka.group()), withRights)
                                    .all(),
                            kafka)
                    .get(kafka.group())
                    .authorizedOperations();
            if (allowed != null && !allowed.isEmpty() && !allowed.contains(AclOperation.READ)) {
                throw new IllegalStateException(KafkaErrors.noGroup(kafka));
            }
        } catch (GroupIdNotFoundException e) {
            // The first commit creates the group. The broker gives this answer to everybody who may describe the group,
            // so the right to READ it is still unknown.
            leaveAsNobody();
        } catch (GroupAuthorizationException e) {
            throw new IllegalStateException(KafkaErrors.explained(e, kafka), e);
        }
    }

    /**
     * Checks the right to a group that may not exist. Leaving a group needs the same right as joining it, and removing
     * a member that does not exist changes nothing.
     */
    private void leaveAsNobody() {
        RemoveMembersFromConsumerGroupOptions nobody =
                new RemoveMembersFromConsumerGroupOptions(List.of(new MemberToRemove("weir-check-is-no-member")));
        try {
            answer(admin.removeMembersFromConsumerGroup(kafka.group(), nobody).all(), kafka);
        } catch (GroupAuthorizationException e) {
            throw new IllegalStateException(KafkaErrors.explained(e, kafka), e);
        } catch (UnknownMemberIdException | GroupIdNotFoundException e) {
            // The broker gives this answer only to those who have the right.
            return;
        }
    }

    /**
     * Returns the names of the topics to read, as of now. It is empty if a pattern matches no topic yet: topics may be
     * created later.
     */
    public static Collection<String> topics(WeirConfig.Kafka kafka, Admin admin) {
        if (kafka.topicPattern() == null) {
            return kafka.topics();
        }
        Pattern pattern = Pattern.compile(kafka.topicPattern());
        return answer(admin.listTopics().names(), kafka).stream()
                .filter(name -> pattern.matcher(name).matches())
                .toList();
    }

    static String checkId(String prefix) {
        return prefix + "-check";
    }

    /**
     * Creates a transactional producer with the id {@code <prefix>-check}. Its calls give up within about 12 s, and the
     * broker aborts its transactions after a minute, Kafka's default, unless the user sets another timeout. The caller
     * closes it.
     */
    static KafkaProducer<byte[], byte[]> producer(WeirConfig.Kafka kafka, String prefix) {
        return producer(producerProperties(kafka, prefix));
    }

    private static KafkaProducer<byte[], byte[]> producer(Properties properties) {
        return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static Properties producerProperties(WeirConfig.Kafka kafka, String prefix) {
        Properties properties = KafkaClients.forChecks(kafka);
        properties.setProperty(ProducerConfig.TRANSACTIONAL_ID_CONFIG, checkId(prefix));
        // A producer knows the timeout of a call under this name only.
        properties.setProperty(ProducerConfig.MAX_BLOCK_MS_CONFIG, (String)
                properties.remove(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG));
        return properties;
    }

    /**
     * Checks that the job may write in transactions whose ids begin with the prefix and which stay open as long as the
     * job's.
     *
     * @throws IllegalStateException if the right is missing, or the broker allows no transaction of that length
     */
    public static void checkTransactions(WeirConfig.Kafka kafka, String prefix) {
        Properties properties = producerProperties(kafka, prefix);
        // A broker refuses a timeout that is longer than it allows.
        KafkaClients.letTransactionsLast(properties, kafka);
        try (KafkaProducer<byte[], byte[]> producer = producer(properties)) {
            producer.initTransactions();
        } catch (ProducerFencedException | InvalidProducerEpochException e) {
            // Another start checks at the same moment, so the right is there.
            return;
        } catch (InterruptException e) {
            throw new IllegalStateException("interrupted", e);
        } catch (RuntimeException e) {
            // The client wraps this error without a class of its own.
            String text = String.valueOf(e.getMessage()).contains("transaction.max.timeout.ms")
                    ? "weir.kafka.properties.transaction.timeout.ms is larger than the broker's transaction.max.timeout.ms; lower it from "
                            + properties.getProperty(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG)
                    : KafkaErrors.explained(e, kafka);
            throw text == null ? refusal(e, kafka) : new IllegalStateException(text, e);
        }
    }
}
