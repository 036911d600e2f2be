package dev.weir.core.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Utf8Test {

    /** Bytes at the edges of UTF-8's ranges come often enough that good sequences arise by chance. */
    @Provide
    Arbitrary<byte[]> edgyBytes() {
        Arbitrary<Byte> edges = Arbitraries.of(
                        0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xED, 0xEF,
                        0xF0, 0xF1, 0xF4, 0xF5, 0xFF)
                .map(Integer::byteValue);
        return edges.array(byte[].class).ofMinSize(0).ofMaxSize(12);
    }

    @Property(tries = 20_000)
    void agreesWithJavasStrictDecoder(@ForAll("edgyBytes") byte[] bytes) {
        assertThat(Utf8.isValid(bytes)).isEqualTo(javaSaysValid(bytes));
    }

    @Property(tries = 1_000)
    void acceptsEveryTextWithoutLoneSurrogates(@ForAll String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        assertThat(Utf8.isValid(bytes)).isTrue();
        assertThat(Utf8.hasZeroByte(bytes)).isEqualTo(text.indexOf('\0') >= 0);
    }

    /** The first and last of each range of Unicode's table 3-7, and what is beside them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "7f",
                "c280",
                "dfbf",
                "e0a080",
                "e0bfbf",
                "e18080",
                "ecbfbf",
                "ed8080",
                "ed9fbf",
                "ee8080",
                "efbfbf",
                "f0908080",
                "f0bfbfbf",
                "f1808080",
                "f3bfbfbf",
                "f4808080",
                "f48fbfbf",
                "61c3a962",
                "616161616161616161c3a9"
            })
    void takesWhatIsUtf8(String hex) {
        assertThat(Utf8.isValid(HexFormat.of().parseHex(hex))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "80",
                "bf",
                "c0af",
                "c1bf",
                "c2",
                "c27f",
                "c2c0",
                "dfc0",
                "e0",
                "e0a0",
                "e09f80",
                "e0c080",
                "e0a07f",
                "e0a0c0",
                "e17f80",
                "e1c080",
                "e1807f",
                "eda080",
                "edbfbf",
                "ee7f80",
                "efbfc0",
                "f0",
                "f090",
                "f09080",
                "f08f8080",
                "f0c08080",
                "f0907f80",
                "f090807f",
                "f09080c0",
                "f17f8080",
                "f1c08080",
                "f4908080",
                "f5808080",
                "ff",
                "6161616161616161ff",
                "61616161616161c3"
            })
    void refusesWhatIsNot(String hex) {
        assertThat(Utf8.isValid(HexFormat.of().parseHex(hex))).isFalse();
    }

    @Test
    void findsAZeroByteWhereverItStands() {
        for (int length = 1; length < 20; length++) {
            for (int at = 0; at < length; at++) {
                byte[] bytes = "x\u0001yyyyyyyyyyyyyyyyyyy".substring(0, length).getBytes(StandardCharsets.UTF_8);
                assertThat(Utf8.hasZeroByte(bytes)).isFalse();
                bytes[at] = 0;
                assertThat(Utf8.hasZeroByte(bytes)).isTrue();
            }
        }
    }

    private static boolean javaSaysValid(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
