package dev.weir.core.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AsciiTest {

    @Test
    void ignoresTheCaseOfAToZOnly() {
        assertThat(Ascii.equalsIgnoreCase("AMZ", "amz")).isTrue();
        assertThat(Ascii.equalsIgnoreCase("a", "ab")).isFalse();
        assertThat(Ascii.equalsIgnoreCase("@", "`")).isFalse();
        assertThat(Ascii.equalsIgnoreCase("[", "{")).isFalse();
        assertThat(Ascii.equalsIgnoreCase("\u0131", "i")).isFalse();
        assertThat(Ascii.equalsIgnoreCase("\u212a", "k")).isFalse();
    }

    @Test
    void knowsTheFourLookalikes() {
        for (String text : new String[] {"\u0130", "x\u0131", "\u017Fx", "x\u212Ax"}) {
            assertThat(Ascii.hasLookalike(text)).isTrue();
        }
        assertThat(Ascii.hasLookalike("")).isFalse();
        assertThat(Ascii.hasLookalike("iIsSkK\u00e9")).isFalse();
    }
}
