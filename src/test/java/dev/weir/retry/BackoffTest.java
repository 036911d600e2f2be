package dev.weir.retry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {
    @Test
    void waitsTwiceAsLongEachTimeUpToFiveSeconds() {
        assertThat(Backoff.DOUBLING.after(1).toMillis()).isEqualTo(100);
        assertThat(Backoff.DOUBLING.after(2).toMillis()).isEqualTo(200);
        assertThat(Backoff.DOUBLING.after(6).toMillis()).isEqualTo(3200);
        assertThat(Backoff.DOUBLING.after(7).toMillis()).isEqualTo(5000);
        assertThat(Backoff.DOUBLING.after(Integer.MAX_VALUE).toMillis()).isEqualTo(5000);
    }

    @Test
    void aConstantOneNeverWaitsLonger() {
        Backoff second = Backoff.constant(Duration.ofSeconds(1));
        assertThat(second.after(1)).hasSeconds(1);
        assertThat(second.after(100)).hasSeconds(1);
    }
}
