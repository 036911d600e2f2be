package dev.weir.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StoredTextTest {
    @Test
    void leavesOrdinaryTextsAlone() {
        assertThat(StoredText.of("s3://b/ä \uD83C\uDF21", 200)).isEqualTo("s3://b/ä \uD83C\uDF21");
        assertThat(StoredText.of("", 200)).isEmpty();
        assertThat(StoredText.of(null, 200)).isNull();
        assertThat(StoredText.of("x".repeat(200), 200)).hasSize(200);
    }

    @Test
    void replacesWhatPostgresqlRefuses() {
        assertThat(StoredText.of("a\0b\uD800c\uDC00", 200)).isEqualTo("a\uFFFDb\uFFFDc\uFFFD");
    }

    @Test
    void aLongTextIsCutAtACharacterAndStaysDistinct() {
        String one = StoredText.of("€".repeat(300) + "1", 200);
        String other = StoredText.of("€".repeat(300) + "2", 200);
        assertThat(one.getBytes(UTF_8).length).isBetween(198, 200);
        assertThat(one).startsWith("€€€").contains("€...sha256:").isNotEqualTo(other);
        assertThat(StoredText.of("€".repeat(300) + "1", 200)).isEqualTo(one);
    }
}
