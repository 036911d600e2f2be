package dev.weir.config.parse;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A text that is no YAML is blamed where a person would mend it, not where the parser gave up. */
class YamlFaultTest {
    @Test
    void blamesTheLineWithTheOpenQuote() {
        assertThat(
                        problem(
                                """
                a: 1
                null-values: ["", NA, "NAN]
                units: {humidity: "%"}
                b: 2
                """))
                .isEqualTo("f:2: not YAML: a quote (\") is not closed on this line; close it");
    }

    @Test
    void blamesTheLineWhereTheListBegins() {
        assertThat(
                        problem(
                                """
                weir.windows: [1 min, 1 h

                # a comment
                weir.lake.path: file:///tmp
                other: x
                """))
                .isEqualTo(
                        "f:1: not YAML: the list that begins with [ here is not closed; close it with ], items separated "
                                + "by commas");
    }

    @Test
    void blamesTheLineWhereTheMapBegins() {
        assertThat(problem("a: 1\nb: {c: 1, d: 2\ne: 3\n"))
                .startsWith("f:2: not YAML: the map that begins with { here is not closed");
    }

    @Test
    void blamesTheQuoteThatNothingCloses() {
        assertThat(problem("a: 1\nb: 'text\nc: 3\n"))
                .startsWith("f:2: not YAML: the quoted text that begins here is not closed");
    }

    /** What the parser says stands where it says more than these. */
    @Test
    void leavesOtherFaultsToTheParser() {
        assertThat(problem("a: 1\n  b: 2\n")).startsWith("f:2: not YAML: mapping values are not allowed here");
    }

    private static String problem(String text) {
        Problems problems = new Problems();
        assertThat(YamlParser.parse("f", text, problems)).isNull();
        return problems.list().get(0).toString();
    }
}
