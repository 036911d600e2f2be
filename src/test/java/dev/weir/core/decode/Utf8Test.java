package dev.weir.core.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

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
