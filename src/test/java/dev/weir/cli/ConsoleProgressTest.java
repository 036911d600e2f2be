package dev.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ConsoleProgressTest {
    private final StringWriter text = new StringWriter();
    private long nanos;

    @Test
    void drawsABarOnATerminal() {
        ConsoleProgress progress = new ConsoleProgress(new PrintWriter(text), true, () -> nanos);
        nanos += 200_000_000;
        progress.listed(1_234_567);
        progress.announced(0, 3000);
        nanos += 500_000_000;
        progress.announced(1000, 3000);
        progress.announced(2000, 3000);
        nanos += 500_000_000;
        progress.announced(3000, 3000);

        // The second thousand came too soon to be drawn.
        assertThat(text.toString().split("\r"))
                .containsExactly(
                        "",
                        "listed 1,234,567 files",
                        "[##########....................] 1,000 of 3,000 files, 2,000/s",
                        "[##############################] 3,000 of 3,000 files, 3,000/s" + System.lineSeparator());
    }

    @Test
    void printsALineNowAndThenElsewhere() {
        ConsoleProgress progress = new ConsoleProgress(new PrintWriter(text), false, () -> nanos);
        progress.announced(0, 300_000);
        for (int i = 1; i <= 300; i++) {
            nanos += 50_000_000;
            progress.announced(i * 1_000L, 300_000);
        }

        assertThat(text.toString().lines())
                .containsExactly(
                        "announced 200,000 of 300,000 files, 20,000/s", "announced 300,000 of 300,000 files, 20,000/s");
    }
}
