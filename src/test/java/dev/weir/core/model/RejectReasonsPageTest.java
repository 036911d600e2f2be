package dev.weir.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.core.model.Reason.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/reject-reasons.md} has every reason and every flag, and the other pages that name all reasons of a level do so. */
class RejectReasonsPageTest {

    /** Under the heading of its level, in the order in which the rules are asked. */
    @Test
    void everyRejectReasonIsExplained() throws IOException {
        assertThat(firstCells("## The whole event")).isEqualTo(inCode(Reason.ofLevel(Level.EVENT)));
        assertThat(firstCells("## One reading, by itself")).isEqualTo(inCode(Reason.ofLevel(Level.READING)));
        assertThat(firstCells("## One reading, against its series")).isEqualTo(inCode(Reason.ofLevel(Level.SERIES)));
    }

    @Test
    void everyQualityBitIsExplained() throws IOException {
        assertThat(firstCells("## Quality bits"))
                .isEqualTo(Stream.of(Flag.values())
                        .map(flag -> flag.bit() + " | `" + flag.reason() + "`")
                        .toList());
    }

    /** The metric exists with the reasons that can reject a whole event, and with no other. */
    @Test
    void theMetricOfRejectedEventsListsItsReasons() throws IOException {
        String reasons = String.join(", ", inCode(Reason.ofLevel(Level.EVENT)));
        assertThat(Files.readString(Path.of("docs/metrics.md"))).contains("the same by `reason`: " + reasons + " |");
    }

    /** The page has one numbered paragraph for each rule of a series. */
    @Test
    void theRulesOfASeriesAreInTheirOrder() throws IOException {
        Pattern rule = Pattern.compile("[0-9]+\\. (`[A-Z_]+`)[:,].*");
        assertThat(Files.readAllLines(Path.of("docs/rules.md")).stream()
                        .map(rule::matcher)
                        .filter(Matcher::matches)
                        .map(matcher -> matcher.group(1))
                        .toList())
                .isEqualTo(inCode(Reason.ofLevel(Level.SERIES)));
    }

    /** Of each row of the section's table of {@code reject-reasons.md} what stands before the text: a reason, or a bit and its reason. */
    private static List<String> firstCells(String heading) throws IOException {
        Pattern row = Pattern.compile("\\| ((?:[0-9]+ \\| )?`[A-Z_]+`) \\|.*");
        List<String> lines = Files.readAllLines(Path.of("docs/reject-reasons.md"));
        return lines.stream()
                .skip(lines.indexOf(heading) + 1L)
                .takeWhile(line -> !line.startsWith("## "))
                .map(row::matcher)
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(1))
                .toList();
    }

    private static List<String> inCode(List<Reason> reasons) {
        return reasons.stream().map(reason -> "`" + reason + "`").toList();
    }
}
