package dev.weir.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SeriesKeyTest {
    private static final SeriesKey KEY = new SeriesKey("s1", "t");

    /** Pinned: Flink assigns key groups by it, and a savepoint keeps them. 31 * (31 * 115 + 49) + 116. */
    @Test
    void hasTheSameHashInEveryRelease() {
        assertThat(KEY.hashCode()).isEqualTo(112_150);
    }

    /** "Aa" and "BB" have one hash. */
    @Test
    void differsByEitherName() {
        assertThat(KEY).isEqualTo(new SeriesKey("s1", "t")).isNotEqualTo("s1").isNotEqualTo(null);
        assertThat(new SeriesKey("Aa", "t")).isNotEqualTo(new SeriesKey("BB", "t"));
        assertThat(new SeriesKey("s", "Aa")).isNotEqualTo(new SeriesKey("s", "BB"));
    }
}
