package dev.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.testing.generate.TestConfigs;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where one row of a CSV sample ends and the next one begins. */
class SampleFileTest {
    @Test
    void endsRowsBehindQuotedColumns() {
        assertThat(rows("\"a\",1\n\"b\",2\n")).containsExactly("\"a\",1", "\"b\",2");
        assertThat(rows("a,\"x\",1\nb,\"y\",2\n")).containsExactly("a,\"x\",1", "b,\"y\",2");
        assertThat(rows("1,\"a\"\r\n2,\"\"\r\n3,c")).containsExactly("1,\"a\"", "2,\"\"", "3,c");
    }

    @Test
    void takesADoubledQuoteForAQuote() {
        assertThat(rows("\"a\"\"b\",1\n\"\"\"c\"\"\",2\n3,d\n"))
                .containsExactly("\"a\"\"b\",1", "\"\"\"c\"\"\",2", "3,d");
        assertThat(rows("\"a\"\"\nb\",1\n2,c\n")).containsExactly("\"a\"\"\nb\",1", "2,c");
    }

    @Test
    void keepsALineBreakWithinQuotes() {
        assertThat(rows("a,\"x\ny\",1\n\nb,\"z\",2\n")).containsExactly("a,\"x\ny\",1", "b,\"z\",2");
    }

    @Test
    void takesAQuoteWithinAColumnForALetter() {
        assertThat(rows("a\"b,1\n5\",2\n")).containsExactly("a\"b,1", "5\",2");
    }

    private static List<String> rows(String content) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        return SampleFile.of(bytes, TestConfigs.beijing().catalog().inputs().get(0)).events().stream()
                .map(row -> new String(row, StandardCharsets.UTF_8))
                .toList();
    }
}
