package dev.weir.core.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {

    @Test
    void aNameHasAtMost255Characters() {
        assertThat(Names.fault("")).isEqualTo("is empty");
        assertThat(Names.fault("n".repeat(255))).isNull();
        assertThat(Names.fault("n".repeat(256))).isEqualTo("is longer than 255 characters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", " ", "\u00e9", "\ud83c\udf21", "a\ud83c\udf21\ud83c\udf21b"})
    void aNameHasAnyOtherCharacters(String name) {
        assertThat(Names.fault(name)).isNull();
    }

    @Test
    void aNameHasNoControlCharacter() {
        for (String name : new String[] {"\0", "a\n", "\u007f", "\u0085b", "\ud83c\udf21\t"}) {
            assertThat(Names.fault(name)).isEqualTo("has a control character");
        }
    }

    @Test
    void aNameHasNoHalfOfACharacter() {
        for (String name : new String[] {"\ud83c", "\udf21", "\udf21\ud83c", "\ud83cb", "\ud83c\udf21\ud83c"}) {
            assertThat(Names.fault(name)).isEqualTo("has an unpaired surrogate");
        }
    }
}
