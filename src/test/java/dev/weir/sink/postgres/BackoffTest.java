package dev.weir.sink.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BackoffTest {
    @Test
    void waitsTwiceAsLongEachTimeUpToFiveSeconds() {
        assertThat(Backoff.after(1).toMillis()).isEqualTo(100);
        assertThat(Backoff.after(2).toMillis()).isEqualTo(200);
        assertThat(Backoff.after(6).toMillis()).isEqualTo(3200);
        assertThat(Backoff.after(7).toMillis()).isEqualTo(5000);
        assertThat(Backoff.after(Integer.MAX_VALUE).toMillis()).isEqualTo(5000);
    }
}
