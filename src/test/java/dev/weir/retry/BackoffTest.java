package dev.weir.retry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {

    @ParameterizedTest
    @CsvSource({"1, 100", "2, 200", "3, 400", "6, 3200", "7, 5000", "11, 5000", "12, 5000", "1000000, 5000"})
    void doublesUpToFiveSeconds(int failures, long millis) {
        assertThat(Backoff.DOUBLING.after(failures).toMillis()).isEqualTo(millis);
    }

    @Test
    void aConstantOneNeverWaitsLonger() {
        Backoff second = Backoff.constant(Duration.ofSeconds(1));
        assertThat(second.after(1)).hasSeconds(1);
        assertThat(second.after(100)).hasSeconds(1);
    }
}
