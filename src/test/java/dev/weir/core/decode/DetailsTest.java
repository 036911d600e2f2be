package dev.weir.core.decode;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DetailsTest {

    @Test
    void cutsWhatIsTooLong() {
        assertThat(Details.clip("abcd", 4)).isEqualTo("abcd");
        assertThat(Details.clip("abcde", 4)).isEqualTo("abcd...");
        assertThat(Details.clip("", 0)).isEmpty();
        assertThat(Details.quote("x".repeat(64))).isEqualTo('"' + "x".repeat(64) + '"');
        assertThat(Details.quote("x".repeat(65))).isEqualTo('"' + "x".repeat(64) + "...\"");
    }

    @Test
    void keepsPairsTogetherAndShowsNothingUnprintable() {
        assertThat(Details.clip("ab\ud83c\udf21c", 4)).isEqualTo("ab\ud83c\udf21...");
        assertThat(Details.clip("ab\ud83c\udf21c", 3)).isEqualTo("ab...");
        assertThat(Details.clip("a\nb\0\ud83c\u2603", 9)).isEqualTo("a?b??\u2603");
    }
}
