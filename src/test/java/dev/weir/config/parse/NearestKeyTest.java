package dev.weir.config.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestKeyTest {
    private static final List<String> KEYS = List.of("min", "max", "max-rate", "stuck-after");

    @Test
    void findsTypingErrors() {
        assertThat(NearestKey.of("max-raet", KEYS)).isEqualTo("max-rate");
        assertThat(NearestKey.of("stuck_after", KEYS)).isEqualTo("stuck-after");
        assertThat(NearestKey.of("MIN", KEYS)).isEqualTo("min");
    }

    @Test
    void doesNotGuessWildly() {
        assertThat(NearestKey.of("quota", KEYS)).isNull();
        assertThat(NearestKey.cure("quota", KEYS)).isEqualTo("allowed: min, max, max-rate, stuck-after");
    }

    @Test
    void countsASwapOfNeighboursOnce() {
        assertThat(NearestKey.distance("raet", "rate")).isEqualTo(1);
        assertThat(NearestKey.distance("", "abc")).isEqualTo(3);
        assertThat(NearestKey.distance("kitten", "sitting")).isEqualTo(3);
    }
}
