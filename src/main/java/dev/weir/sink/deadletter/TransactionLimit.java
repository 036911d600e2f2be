package dev.weir.sink.deadletter;

import dev.weir.config.TransactionLife;
import dev.weir.config.WeirConfig;
import dev.weir.kafka.KafkaAccess;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.ApiException;

/** Compares the longest transaction that the brokers allow with the job's transaction timeout. */
final class TransactionLimit {
    static final String BROKERS = "transaction.max.timeout.ms";
    private static final String OWN = "weir.kafka.properties." + TransactionLife.PROPERTY;

    private TransactionLimit() {}

    /**
     * Returns the limit of one broker; empty if it may not be read, or if a broker of another make does not have it.
     */
    static Optional<Duration> of(WeirConfig.Kafka kafka, Admin admin) {
        try {
            String broker = KafkaAccess.answer(admin.describeCluster().nodes(), kafka).stream()
                    .findFirst()
                    .orElseThrow()
                    .idString();
            ConfigResource resource = new ConfigResource(ConfigResource.Type.BROKER, broker);
            Config settings = KafkaAccess.answer(
                            admin.describeConfigs(List.of(resource)).all(), kafka)
                    .get(resource);
            return limit(settings);
        } catch (ApiException e) {
            // Not allowed, not supported or not known. The check of the transactional id tries the job's timeout as
            // well.
            return Optional.empty();
        }
    }

    static Optional<Duration> limit(Config settings) {
        return Optional.ofNullable(settings.get(BROKERS))
                .map(ConfigEntry::value)
                .map(Long::parseLong)
                .map(Duration::ofMillis);
    }

    /** Returns empty if the producer's timeout is within the limit; otherwise the error and the cure. */
    static Optional<String> problem(TransactionLife life, Duration limit) {
        if (life.timeout().compareTo(limit) <= 0) {
            return Optional.empty();
        }
        TransactionLife within = life.with(limit);
        String set = "set it to " + limit.toMillis();
        String cure = within.isSafe()
                ? set + ", which is enough for these checkpoints"
                : set + " and " + within.cure() + ", or raise " + BROKERS + " of the brokers";
        return Optional.of(OWN + " is " + life.timeout().toMillis() + ", but the brokers allow " + limit.toMillis()
                + " (" + BROKERS + "); " + cure);
    }

    /**
     * Checks the producer's timeout against the brokers' limit.
     *
     * @throws IllegalStateException if the brokers allow less than the producer's timeout
     */
    static void require(TransactionLife life, WeirConfig.Kafka kafka, Admin admin) {
        of(kafka, admin).flatMap(limit -> problem(life, limit)).ifPresent(problem -> {
            throw new IllegalStateException(problem);
        });
    }
}
