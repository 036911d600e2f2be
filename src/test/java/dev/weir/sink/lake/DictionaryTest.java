package dev.weir.sink.lake;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DictionaryTest {
    private final LongDictionary numbers = new LongDictionary();
    private final TextDictionary texts = new TextDictionary();

    @Test
    void numbersValuesInTheOrderOfTheirFirstAppearance() {
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 1_000; i++) {
                assertThat(numbers.numberOf(i * 1_000_003L)).isEqualTo(i);
                assertThat(numberOf(name(i))).isEqualTo(i);
            }
            assertThat(numbers.size()).isEqualTo(1_000);
            assertThat(texts.size()).isEqualTo(1_000);
        }
        assertThat(numbers.value(999)).isEqualTo(999 * 1_000_003L);
        numbers.clear();
        texts.clear();
        assertThat(numbers.size()).isZero();
        assertThat(texts.plainSize()).isZero();
        assertThat(numbers.numberOf(5 * 1_000_003L)).isZero();
        assertThat(numberOf(name(5))).isZero();
    }

    /** 32 places are looked at, so at most 33 values of one hash before it does not find all of them again. */
    @Test
    void aValueWithoutAPlaceGetsAnotherNumberEachTime() {
        for (int i = 0; i < 32; i++) {
            assertThat(texts.numberOf("t" + i, 7)).isEqualTo(i);
        }
        for (int i = 0; i < 32; i++) {
            assertThat(texts.numberOf("t" + i, 7)).as("text %s of one hash", i).isEqualTo(i);
        }
        assertThat(texts.numberOf("another", 7)).isEqualTo(32);
        assertThat(texts.numberOf("another", 7)).isEqualTo(33);
        assertThat(texts.numberOf("t31", 7)).isEqualTo(31);
        assertThat(numberOf("of another hash")).isEqualTo(34);
        assertThat(numberOf("of another hash")).isEqualTo(34);
    }

    /** Numbers that begin with the same 24 bits after the multiplication have one hash. */
    @Test
    void numbersOfOneHashAreFoundToo() {
        long inverse = 0xF1DE83E19937733DL; // times the golden ratio it is 1
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 32; i++) {
                assertThat(numbers.numberOf(i * inverse)).isEqualTo(i);
            }
        }
        assertThat(numbers.numberOf(32 * inverse)).isEqualTo(32);
        assertThat(numbers.numberOf(32 * inverse)).isEqualTo(33);
    }

    /** The room for the next number holds a 0 after the table has grown. */
    @Test
    void aZeroAfterTheTableHasGrownIsNewToo() {
        for (int i = 0; i < Dictionary.FIRST_CAPACITY; i++) {
            numbers.numberOf(i + 1L);
        }
        assertThat(numbers.numberOf(0)).isEqualTo(16);
        assertThat(numbers.numberOf(99)).isEqualTo(17);
        assertThat(numbers.value(16)).isZero();
    }

    @Test
    void textsAreWrittenAsSizeAndUtf8() {
        numberOf("a");
        numberOf("\u00e9\ud83c\udf21");
        numberOf("");
        byte[] second = "\u00e9\ud83c\udf21".getBytes(StandardCharsets.UTF_8);
        byte[] all = ByteBuffer.allocate(5 + 4 + 6 + 4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(1)
                .put((byte) 'a')
                .putInt(6)
                .put(second)
                .putInt(0)
                .array();
        assertThat(texts.plainSize()).isEqualTo(all.length);
        assertThat(texts.plainSize(0)).isEqualTo(5);
        assertThat(texts.plainSize(1)).isEqualTo(10);
        assertThat(texts.plainSize(2)).isEqualTo(4);
        PageBuffer page = new PageBuffer();
        texts.putFirst(3, page);
        assertThat(written(page)).isEqualTo(all);
        page.clear();
        texts.putFirst(1, page);
        assertThat(written(page)).isEqualTo(Arrays.copyOf(all, 5));
        page.clear();
        texts.put(1, page);
        assertThat(written(page)).isEqualTo(Arrays.copyOfRange(all, 5, 15));
        assertThat(texts.binary(1).getBytes()).isEqualTo(second);
        assertThat(texts.binary(2).getBytes()).isEmpty();
    }

    /** U+FFFD is EF BF BD, the emoji F0 9F 8C A1; as Java strings they sort the other way round. */
    @Test
    void textsCompareByTheirBytes() {
        numberOf("\ufffd");
        numberOf("\ud83c\udf21");
        numberOf("");
        numberOf("a");
        numberOf("ab");
        assertThat(texts.compare(0, 1)).isNegative();
        assertThat(texts.compare(1, 0)).isPositive();
        assertThat(texts.compare(2, 3)).isNegative();
        assertThat(texts.compare(3, 4)).isNegative();
        assertThat(texts.compare(4, 3)).isPositive();
        assertThat(texts.compare(4, 4)).isZero();
        assertThat(texts.compare(3, 0)).as("bytes without a sign").isNegative();
    }

    /** As if by chance: the hashes of neighbours, such as t1 and t2, fill so many places in a row that some texts find none. */
    private static String name(int number) {
        return Integer.toHexString(number * 0x9E3779B9);
    }

    private int numberOf(String text) {
        return texts.numberOf(text, text.hashCode());
    }

    private static byte[] written(PageBuffer page) {
        return Arrays.copyOf(page.bytes(), page.size());
    }
}
