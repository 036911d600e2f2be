package dev.weir.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.core.model.Event;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A value a line, or one array, however the reads of the stream end. */
class JsonRowsTest {
    private static final String LONG = "x".repeat(2 * Event.MAX_BYTES);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 1 << 20})
    void readsLinesAndArrays(int reads) throws IOException {
        assertThat(rows("{\"a\":1}\n\n {\"a\":2}\r\n3", reads)).containsExactly("{\"a\":1}", " {\"a\":2}", "3");
        assertThat(rows("[{\"a\":1},{\"a\":[2,3]}]", reads)).containsExactly("{\"a\":1}", "{\"a\":[2,3]}");
        assertThat(rows(" \n[\n  {\"a\": \"x]\\\",\"} ,\n 17\n , \"b\"\n]\n ", reads))
                .containsExactly("{\"a\": \"x]\\\",\"}", "17", "\"b\"");
        assertThat(rows("\uFEFF[1,[2],{}]\n\n", reads)).containsExactly("1", "[2]", "{}");
        assertThat(rows("[]", reads)).isEmpty();
        assertThat(rows("[ \n ]", reads)).isEmpty();
        assertThat(rows(" \n ", reads)).isEmpty();
        assertThat(rows("[1,2]\n[3]\n", reads)).containsExactly("[1,2]", "[3]");
        assertThat(rows("[1,2]\r\n\r\n{}", reads)).containsExactly("[1,2]", "{}");
    }

    @Test
    void ofAnElementThatIsTooLongTheBeginningIsReturned() throws IOException {
        List<String> rows = rows("[1,\"" + LONG + "],\", {\"a\": 2}]", 1 << 20);
        assertThat(rows).containsExactly("1", ('"' + LONG).substring(0, Event.MAX_BYTES + 1), "{\"a\": 2}");
        assertThat(rows("[" + "[1],".repeat(500_000) + "2]", 1 << 20))
                .hasSize(500_001)
                .endsWith("[1]", "2");
    }

    @Test
    void anArrayThatIsNotOneIsDamaged() throws IOException {
        RowSource cut = JsonRows.of(TextRowsTest.feed("[1,\n{\"a\"", 100));
        assertThat(cut.next()).isNotNull();
        assertThatThrownBy(cut::next)
                .isInstanceOf(UnreadableFileException.class)
                .hasMessage("the array is not closed");
        assertThatThrownBy(() -> rows("[1,,2]", 100)).hasMessage("the array has a comma too many");
        assertThatThrownBy(() -> rows("[1,]", 100)).hasMessage("the array has a comma too many");
        assertThatThrownBy(() -> rows("[1\n] 2", 100)).hasMessage("text follows the array");
        assertThatThrownBy(() -> rows("[", 100)).hasMessage("the array is not closed");
    }

    private static List<String> rows(String text, int reads) throws IOException {
        return TextRowsTest.all(JsonRows.of(TextRowsTest.feed(text, reads)));
    }
}
