package dev.weir.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.core.catalog.Input;
import dev.weir.core.catalog.Input.Format;
import dev.weir.core.model.Event;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Which bytes of a text are a row, wherever the reads of the stream end. */
class TextRowsTest {

    @Test
    void everyKindOfLineEndEndsARow() throws IOException {
        assertThat(csv("a,1\nb,2\r\nc,3\rd,4")).containsExactly("a,1", "b,2", "c,3", "d,4");
        assertThat(csv("a\n")).containsExactly("a");
        assertThat(csv("")).isEmpty();
    }

    @Test
    void emptyLinesAreNoRows() throws IOException {
        assertThat(csv("\n\na\r\n\r\n\rb\n\n")).containsExactly("a", "b");
        assertThat(csv("a\n \nb")).containsExactly("a", " ", "b");
        assertThat(lines(" \n{}\n\t \r\n[]\n  ")).containsExactly("{}", "[]");
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheFirstRow() throws IOException {
        assertThat(csv("\uFEFFa\n\uFEFFb")).containsExactly("a", "\uFEFFb");
    }

    @Test
    void quotesHoldLineEndsWhereTheyCount() throws IOException {
        assertThat(csv("\"a\nb\",1\nc")).containsExactly("\"a\nb\",1", "c");
        assertThat(csv("x,\"a\r\n\"\"b\"\nc")).containsExactly("x,\"a\r\n\"\"b\"", "c");
        assertThat(csv("5\" pipe,1\nb\"\nc")).containsExactly("5\" pipe,1", "b\"", "c");
        assertThat(csv("\"\"\nb")).containsExactly("\"\"", "b");
        assertThat(csv("\"a\" \"\nb")).containsExactly("\"a\" \"", "b");
        assertThat(lines("\"a\nb\"")).containsExactly("\"a", "b\"");
    }

    @Test
    void separatorAndQuoteMayBeAnyCharacter() throws IOException {
        Input.Csv csv = new Input.Csv(List.of("a"), '¦', false, '»', null);
        for (int reads = 1; reads < 9; reads++) {
            assertThat(rows("a¦»b\nc»¦d\n»»»e\nf»\nÂg", csv, reads)).containsExactly("a¦»b\nc»¦d", "»»»e\nf»", "Âg");
        }
        assertThat(rows("'a\nb'\n\"c\nd\"", new Input.Csv(List.of("a"), ',', false, '\'', null), 100))
                .containsExactly("'a\nb'", "\"c", "d\"");
        assertThat(rows("\"a\nb\"", new Input.Csv(List.of("a"), ',', false, Input.Csv.NO_QUOTE, null), 100))
                .containsExactly("\"a", "b\"");
    }

    /** Else one stray quote would make one row of the rest of the file. */
    @Test
    void aQuoteThatIsNeverClosedCostsItsLineOnly() throws IOException {
        assertThat(csv("a,1\n\"b,2\nc,3\nd,4\n")).containsExactly("a,1", "\"b,2", "c,3", "d,4");
        String many = "c,3\n".repeat(600_000);
        List<String> rows = csv("\"b,2\r\n" + many);
        assertThat(rows).hasSize(600_001).startsWith("\"b,2", "c,3").endsWith("c,3");
    }

    @Test
    void ofARowThatIsTooLongTheBeginningIsReturned() throws IOException {
        String longest = "x".repeat(Event.MAX_BYTES);
        assertThat(csv("a\n" + longest + "\nb")).containsExactly("a", longest, "b");
        for (String tail : List.of("x", "xx", "x".repeat(3_000_000))) {
            for (String end : List.of("\n", "\r\n")) {
                assertThat(csv("a\n" + longest + tail + end + "b")).containsExactly("a", longest + "x", "b");
            }
            assertThat(csv(longest + tail)).containsExactly(longest + "x");
            assertThat(lines("a\n" + longest + tail + "\nb")).containsExactly("a", longest + "x", "b");
        }
        assertThat(csv("\"" + longest + "\",1\nb")).hasSize(2).endsWith("b");
    }

    @Property(tries = 2_000)
    void findsTheSameRowsAsASplitterOfWholeTexts(
            @ForAll("texts") String text, @ForAll @IntRange(min = 1, max = 7) int reads) throws IOException {
        Input.Csv csv = new Input.Csv(List.of("a"), ',', false);
        assertThat(rows(text, csv, reads)).isEqualTo(split(text));
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of("a", "é", "\"", "\"\"", ",", "\n", "\r\n", "\r", " ")
                .list()
                .ofMaxSize(25)
                .map(parts -> String.join("", parts));
    }

    /** By the rules of RFC 4180, over characters. */
    private static List<String> split(String text) {
        List<String> rows = new ArrayList<>();
        int start = 0;
        while (start < text.length()) {
            int end = end(text, start);
            if (end < 0) {
                end = start;
                while (text.charAt(end) != '\n' && text.charAt(end) != '\r') {
                    end++;
                }
            }
            if (end > start) {
                rows.add(text.substring(start, end));
            }
            start = text.startsWith("\r\n", end) ? end + 2 : end + 1;
        }
        return rows;
    }

    /** Returns the end of the row; -1 if a quote is not closed and the row has a line end. */
    private static int end(String text, int start) {
        boolean begins = true;
        int at = start;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (begins && c == '"') {
                int close = at + 1;
                while (close < text.length() && (text.charAt(close) != '"' || text.startsWith("\"\"", close))) {
                    close += text.charAt(close) == '"' ? 2 : 1;
                }
                if (close >= text.length()) {
                    String rest = text.substring(start);
                    return rest.contains("\n") || rest.contains("\r") ? -1 : text.length();
                }
                at = close + 1;
                begins = false;
            } else if (c == '\n' || c == '\r') {
                return at;
            } else {
                begins = c == ',';
                at++;
            }
        }
        return at;
    }

    private static List<String> csv(String text) throws IOException {
        return rows(text, new Input.Csv(List.of("a"), ',', false), 1 << 20);
    }

    private static List<String> rows(String text, Input.Csv csv, int reads) throws IOException {
        return all(TextRows.csv(feed(text, reads), Reading.input(Format.CSV, csv, "s3://b/")));
    }

    private static List<String> lines(String text) throws IOException {
        return all(TextRows.lines(feed(text, 1 << 20)));
    }

    static ByteFeed feed(String text, int reads) throws IOException {
        InputStream whole = new ByteArrayInputStream(text.getBytes(UTF_8));
        return new ByteFeed(new InputStream() {
            @Override
            public int read() throws IOException {
                return whole.read();
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                return whole.read(into, offset, Math.min(length, reads));
            }
        });
    }

    static List<String> all(RowSource source) throws IOException {
        List<String> rows = new ArrayList<>();
        for (byte[] row = source.next(); row != null; row = source.next()) {
            rows.add(new String(row, UTF_8));
        }
        assertThat(source.next()).isNull();
        return rows;
    }
}
