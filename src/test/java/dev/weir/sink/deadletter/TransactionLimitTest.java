package dev.weir.sink.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.TransactionLife;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.junit.jupiter.api.Test;

class TransactionLimitTest {
    /** A checkpoint each 10 s, at most 2 min, none may fail, then a restart of 50 + 66 + 120 s: 476 s. */
    private static final TransactionLife LIFE =
            TransactionLife.of(Configuration.fromMap(Map.of("execution.checkpointing.interval", "10 s")), Map.of());

    /** As some that speak Kafka's protocol do not. */
    @Test
    void aBrokerThatDoesNotSayHasNoLimit() {
        assertThat(TransactionLimit.limit(new Config(List.of()))).isEmpty();
        assertThat(TransactionLimit.limit(new Config(List.of(new ConfigEntry(TransactionLimit.BROKERS, null)))))
                .isEmpty();
        assertThat(TransactionLimit.limit(new Config(List.of(new ConfigEntry(TransactionLimit.BROKERS, "900000")))))
                .contains(Duration.ofMinutes(15));
    }

    @Test
    void aLimitOfTheProducersTimeoutIsEnough() {
        assertThat(TransactionLimit.problem(LIFE, Duration.ofMinutes(15))).isEmpty();
    }

    @Test
    void aLowerOneThatTheCheckpointsStayBelowIsThePropertysValue() {
        assertThat(TransactionLimit.problem(LIFE, Duration.ofSeconds(477)).orElseThrow())
                .endsWith(
                        "is 900000, but the brokers allow 477000 (transaction.max.timeout.ms); set it to 477000, which is"
                                + " enough for these checkpoints");
    }

    @Test
    void belowThemTheCheckpointsHaveToBeShorterToo() {
        assertThat(TransactionLimit.problem(LIFE, Duration.ofSeconds(476)).orElseThrow())
                .endsWith("set it to 476000 and lower execution.checkpointing.timeout to 119 s, or raise"
                        + " transaction.max.timeout.ms of the brokers");
    }
}
