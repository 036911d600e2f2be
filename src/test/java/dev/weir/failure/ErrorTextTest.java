package dev.weir.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class ErrorTextTest {
    @Test
    void ourOwnMessagesStandAlone() {
        assertThat(ErrorText.of(new IOException("weir.lake.path: is full"))).isEqualTo("weir.lake.path: is full");
        assertThat(ErrorText.of(new RefusedException("another job was started")))
                .isEqualTo("another job was started");
    }

    @Test
    void theClassOfAnotherErrorMaySayMoreThanItsMessage() {
        assertThat(ErrorText.of(new IOException("/lake"))).isEqualTo("IOException: /lake");
        assertThat(ErrorText.of(new IOException("weird"))).isEqualTo("IOException: weird");
        assertThat(ErrorText.of(new NullPointerException())).isEqualTo("NullPointerException");
    }

    @Test
    void aMessageOfSeveralLinesBecomesOne() {
        assertThat(ErrorText.of(new IOException(" a\n\tb  c ")))
                .isEqualTo("IOException: a b c")
                .doesNotContain("\n");
    }
}
