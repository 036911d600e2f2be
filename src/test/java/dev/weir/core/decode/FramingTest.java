package dev.weir.core.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FramingTest {

    @ParameterizedTest
    @CsvSource({
        "000102030405, schema id 16909060)",
        "00ff00ff007b, schema id 4278255360)",
        "feff007b, UTF-16",
        "fffe7b00, UTF-16",
        "7b00, UTF-16",
        "1f8b, gzip",
        // five bytes are a schema's id without anything behind it
        "0000000007, UTF-16",
    })
    void recognizes(String hex, String hint) {
        assertThat(Framing.hint(HexFormat.of().parseHex(hex))).startsWith("; ").contains(hint);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"00", "7b", "fe", "1f", "7b7d", "fe7b", "ff7b", "fffd", "fdff", "1f7b", "7b8b", "0001020304"})
    void saysNothingOfOtherBytes(String hex) {
        assertThat(Framing.hint(HexFormat.of().parseHex(hex))).isEmpty();
    }

    @Test
    void saysNothingOfNoBytes() {
        assertThat(Framing.hint(null)).isEmpty();
        assertThat(Framing.hint(new byte[0])).isEmpty();
    }
}
