package dev.weir.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransactionLifeTest {

    /** Heartbeats 50 s, room 2 min, and the delay. */
    @ParameterizedTest
    @CsvSource({
        "'', 236", // Flink's default, exponential: 60 s and a tenth
        "none, 170",
        "disable, 170",
        "fixed-delay, 177",
        "fixeddelay, 177",
        "failure-rate, 178",
        "exponential-delay, 190",
        "Exponential-Delay, 190"
    })
    void aRestartTakesAsLongAsItsStrategyWaitsAtMost(String strategy, long seconds) {
        Map<String, String> options = new HashMap<>(Map.of(
                "restart-strategy.fixed-delay.delay", "7 s",
                "restart-strategy.failure-rate.delay", "8 s",
                "restart-strategy.exponential-delay.max-backoff", "10 s",
                "restart-strategy.exponential-delay.jitter-factor", "1.0"));
        if (!strategy.isEmpty()) {
            options.put("restart-strategy.type", strategy);
        }

        assertThat(RestartTime.of(Configuration.fromMap(options))).hasSeconds(seconds);
    }

    /** What was shipped: begun at 0, checkpoints end unfinished at 302, 604, 906 and 1,208 s, the fourth from then completes at 1,508. */
    @Test
    void eachToleratedFailureAddsATimeoutAndThePauseAfterIt() {
        TransactionLife life = life("10 s", "2 s", "5 min", 3);

        assertThat(life.longest()).hasSeconds(4 * 302 + 300 + restart());
        assertThat(life.isSafe()).isFalse();
    }

    @Test
    void checkpointsThatAreFartherApartThanTheirTimeoutCountByTheInterval() {
        assertThat(life("5 min", "0 s", "1 min", 1).longest()).hasSeconds(2 * 300 + 60 + restart());
    }

    @Test
    void withoutOptionsACheckpointEndsAfterTwoMinutesAndNoFailureIsTolerated() {
        TransactionLife life =
                TransactionLife.of(Configuration.fromMap(Map.of("execution.checkpointing.interval", "10 s")), Map.of());

        assertThat(life.longest()).hasSeconds(120 + 120 + restart());
        assertThat(life.timeout()).hasMinutes(15);
        assertThat(life.isSafe()).isTrue();
    }

    @Test
    void whatIsShippedIsSafe() {
        TransactionLife life = TransactionLife.of(GlobalConfiguration.loadConfiguration("flink-conf"), Map.of());

        assertThat(life.longest()).hasSeconds(3 * 122 + 120 + 50 + 22 + 120);
        assertThat(life.isSafe()).isTrue();
    }

    @Test
    void anUnlimitedNumberOfFailuresIsNeverSafe() {
        assertThat(life("100000000 d", "0 s", "100000000 d", Integer.MAX_VALUE).isSafe())
                .isFalse();
        assertThat(life("10 s", "0 s", "1 s", Integer.MAX_VALUE).isSafe()).isFalse();
    }

    /** Each way of the cure is enough, and the next greater number is not. */
    @ParameterizedTest
    @CsvSource({
        "10 s, 2 s, 5 min, 3",
        "10 s, 2 s, 10 min, 0",
        "4 min, 1 min, 2 min, 2",
        "1 s, 0 s, 20 min, 1",
        "10 min, 0 s, 30 s, 1",
    })
    void eachWayOfTheCureIsEnoughAndNoStricterThanItMustBe(
            String interval, String pause, String timeout, int failures) {
        TransactionLife life = life(interval, pause, timeout, failures);
        assertThat(life.isSafe()).isFalse();
        int ways = 0;
        for (String way : life.cure().split(", or ", -1)) {
            String value = way.substring(way.lastIndexOf(" to ") + 4);
            if (way.contains("tolerable")) {
                int fewer = Integer.parseInt(value);
                assertThat(life(interval, pause, timeout, fewer).isSafe())
                        .as(way)
                        .isTrue();
                assertThat(life(interval, pause, timeout, fewer + 1).isSafe())
                        .as(way)
                        .isFalse();
                ways++;
            } else if (way.contains("timeout to ")) {
                assertThat(life(interval, pause, value, failures).isSafe())
                        .as(way)
                        .isTrue();
                ways++;
            }
        }
        assertThat(ways).as(life.cure()).isPositive();
    }

    @Test
    void whereNeitherHelpsTheCureNamesTheInterval() {
        assertThat(life("1 h", "0 s", "2 min", 0).cure())
                .contains("execution.checkpointing.interval", "restart-strategy");
    }

    @Test
    void aTransactionMustOutliveTheCheckpointThatIsPassingAndARestart() {
        TransactionLife life = new TransactionLife(
                Duration.ofSeconds(10),
                Duration.ZERO,
                Duration.ofSeconds(100),
                0,
                Duration.ofSeconds(50),
                Duration.ofSeconds(900));

        assertThat(life.mayEnd(Duration.ofSeconds(749))).isFalse();
        assertThat(life.mayEnd(Duration.ofSeconds(750))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"0", "-1", "15 min", "3000000000", "${env:X}"})
    void theProducersTimeoutIsANumber(String text) {
        assertThatThrownBy(() -> TransactionLife.timeout(Map.of("transaction.timeout.ms", text)))
                .hasMessage("must be a number of milliseconds from 1 to 2147483647, got " + text);
    }

    /** With Flink's default strategy. */
    private static long restart() {
        return 50 + 66 + 120;
    }

    private static TransactionLife life(String interval, String pause, String timeout, int failures) {
        Configuration flink = Configuration.fromMap(Map.of(
                "execution.checkpointing.interval", interval,
                "execution.checkpointing.min-pause", pause,
                "execution.checkpointing.timeout", timeout,
                "execution.checkpointing.tolerable-failed-checkpoints", Integer.toString(failures)));
        return TransactionLife.of(flink, Map.of());
    }
}
