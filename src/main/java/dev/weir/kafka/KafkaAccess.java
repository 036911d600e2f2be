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

/** Asks the broker, before the job starts, for what the job will need: so that a missing right is an error of the start and not of some operator later. */
public final class KafkaAccess {
    private final WeirConfig.Kafka kafka;
    private final Admin admin;

    /** @param admin stays the caller's */
    public KafkaAccess(WeirConfig.Kafka kafka, Admin admin) {
        this.kafka = kafka;
        this.admin = admin;
    }

    /**
     * An admin client for checks, to be closed by the caller.
     *
     * @throws IllegalStateException naming the property that no client can be made of
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
     * Returns normally if the job may read its topics, use its group, and write dead letters in transactions. Asks for a transactional id of
     * its own, {@code <prefix>-check}, for a broker says in no other way whether one may.
     *
     * @param written the dead-letter topic
     * @param prefix what the job's transactional ids begin with
     * @throws IllegalStateException naming the option and the right that is missing, or that nobody answers
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
     * The answer.
     *
     * @throws IllegalStateException if it is about the connection: nobody answers, or the client is refused
     * @throws RuntimeException otherwise what the broker says
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
     * Returns normally if the operation is allowed on each. Without an authorizer the broker names every operation; one that is too old names none.
     *
     * @param option is named when one is not
     * @throws IllegalStateException naming the right that is missing
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
     * Returns normally if the group may be used.
     *
     * @throws IllegalStateException naming the right that is missing
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
                throw new IllegalStateException("weir.kafka.group: no right to READ " + kafka.group()
                        + "; grant READ on it (docs/security.md)");
            }
        } catch (GroupIdNotFoundException e) {
            // It will be made with the first commit. The broker says so to all who may look, and no more.
            leaveAsNobody();
        } catch (GroupAuthorizationException e) {
            throw new IllegalStateException(KafkaErrors.explained(e, kafka), e);
        }
    }

    /**
     * Returns normally if the group could be used, whether it is there or not: to leave it needs the same right as to join, and who is no member changes
     * nothing by it.
     */
    private void leaveAsNobody() {
        RemoveMembersFromConsumerGroupOptions nobody =
                new RemoveMembersFromConsumerGroupOptions(List.of(new MemberToRemove("weir-check-is-no-member")));
        try {
            answer(admin.removeMembersFromConsumerGroup(kafka.group(), nobody).all(), kafka);
        } catch (GroupAuthorizationException e) {
            throw new IllegalStateException(KafkaErrors.explained(e, kafka), e);
        } catch (UnknownMemberIdException | GroupIdNotFoundException e) {
            // As it should be.
            return;
        }
    }

    /** The names of the topics to read, as of now. A pattern that matches nothing yet is right: topics may come later. */
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

    /** A producer of transactions that gives up in time, and whose transactions do within a minute; to be closed by the caller. */
    static KafkaProducer<byte[], byte[]> producer(WeirConfig.Kafka kafka, String prefix) {
        return producer(producerProperties(kafka, prefix));
    }

    private static KafkaProducer<byte[], byte[]> producer(Properties properties) {
        return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static Properties producerProperties(WeirConfig.Kafka kafka, String prefix) {
        Properties properties = KafkaClients.forChecks(kafka);
        properties.setProperty(ProducerConfig.TRANSACTIONAL_ID_CONFIG, checkId(prefix));
        // What the other calls are given, under the producer's name for it.
        properties.setProperty(ProducerConfig.MAX_BLOCK_MS_CONFIG, (String)
                properties.remove(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG));
        return properties;
    }

    /**
     * Returns normally if one may write in transactions whose ids begin with the prefix, and that may be open as long as the job's. The broker remembers the id {@code <prefix>-check}, as long as any.
     *
     * @throws IllegalStateException naming the right that is missing
     */
    public static void checkTransactions(WeirConfig.Kafka kafka, String prefix) {
        Properties properties = producerProperties(kafka, prefix);
        // As long as the job's: a broker refuses what is too long for it.
        KafkaClients.letTransactionsLast(properties, kafka);
        try (KafkaProducer<byte[], byte[]> producer = producer(properties)) {
            producer.initTransactions();
        } catch (ProducerFencedException | InvalidProducerEpochException e) {
            // Another main asks at the same moment: one may.
            return;
        } catch (InterruptException e) {
            throw new IllegalStateException("interrupted", e);
        } catch (RuntimeException e) {
            // Kafka has no class of its own for it on this way.
            String text = String.valueOf(e.getMessage()).contains("transaction.max.timeout.ms")
                    ? "weir.kafka.properties.transaction.timeout.ms is larger than the broker's transaction.max.timeout.ms; lower it from "
                            + properties.getProperty(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG)
                    : KafkaErrors.explained(e, kafka);
            throw text == null ? refusal(e, kafka) : new IllegalStateException(text, e);
        }
    }
}
