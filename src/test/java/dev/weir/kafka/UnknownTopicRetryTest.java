package dev.weir.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.retry.Pause;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.Test;

class UnknownTopicRetryTest {
    private final List<Long> pauses = new ArrayList<>();
    private final Pause pause = (duration, closing) -> pauses.add(duration.toMillis());

    @Test
    void asksAgainUntilTheBrokerHasHeardOfTheTopic() {
        AtomicInteger asked = new AtomicInteger();

        String answer = UnknownTopicRetry.ask(
                () -> {
                    if (asked.incrementAndGet() <= 2) {
                        throw new UnknownTopicOrPartitionException("not yet");
                    }
                    return "known";
                },
                pause);

        assertThat(answer).isEqualTo("known");
        assertThat(pauses).containsExactly(100L, 200L);
    }

    @Test
    void givesUpAfterThreeSeconds() {
        assertThatThrownBy(() -> UnknownTopicRetry.ask(
                        () -> {
                            throw new UnknownTopicOrPartitionException("a typing error");
                        },
                        pause))
                .isInstanceOf(UnknownTopicOrPartitionException.class);
        // 100 + 200 + 400 + 800 + 1600
        assertThat(pauses.stream().mapToLong(Long::longValue).sum()).isEqualTo(3100);
    }

    @Test
    void waitsForNothingElse() {
        assertThatThrownBy(() -> UnknownTopicRetry.ask(
                        () -> {
                            throw new TopicAuthorizationException("no");
                        },
                        pause))
                .isInstanceOf(TopicAuthorizationException.class);
        assertThat(pauses).isEmpty();
    }
}
