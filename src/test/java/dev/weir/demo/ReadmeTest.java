package dev.weir.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.WeirConfig;
import dev.weir.testing.oracle.Oracle;
import dev.weir.testing.oracle.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The demo's output in README and docs/demo.md is what the demo prints: its numbers are the oracle's. */
class ReadmeTest {

    @Test
    void readmeAndPageShowWhatTheDemoFinds() throws Exception {
        DemoFeed feed = new RecordFeed(Excerpt.read(), 1, System.currentTimeMillis());
        WeirConfig config = DemoConfig.withoutServers(new DemoOptions(false, 1, 1, false, Path.of("target", "demo")))
                .bounded()
                .config();
        Outcome outcome = new Oracle(config).judge(feed.eventsOf(1));
        DemoCounts counts = new DemoCounts();
        counts.add(outcome.readings(), outcome.rejects());

        String page = Files.readString(Path.of("docs/demo.md"));
        for (String text : List.of(Files.readString(Path.of("README.md")), page)) {
            assertThat(text).contains(text(counts.table(feed), List.of(1, 2)));
            assertThat(text).contains(text(WorstDays.of(outcome.aggregates()), WorstDays.NUMBERS));
            assertThat(text).contains(Terminal.number(outcome.aggregates().size()) + " rows");
        }
        assertThat(page).contains(text(DemoCounts.beside(outcome.books(), counts.books(feed)), List.of(1, 2)));
    }

    /** As in a fenced block. */
    private static String text(List<String[]> table, List<Integer> right) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new Terminal(new PrintStream(bytes, true, StandardCharsets.UTF_8), false).table(table, right);
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
