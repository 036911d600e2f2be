package dev.weir.sink.lake;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.parquet.io.api.Binary;

/** The distinct texts of a column, each encoded once and laid out as Parquet writes them: size, then UTF-8. */
final class TextDictionary extends Dictionary {
    private String[] texts = new String[FIRST_CAPACITY];
    private int[] hashes = new int[FIRST_CAPACITY];
    private int[] starts = new int[FIRST_CAPACITY];
    private final PageBuffer plain = new PageBuffer();

    /** A text that is the same object as before costs a comparison of pointers: its hash is in it. */
    int numberOf(String text, int hash) {
        int place = first(spread(hash));
        for (int probe = 0; probe < MAX_PROBES; probe++) {
            int number = numberAt(place);
            if (number < 0) {
                return add(text, hash, place);
            }
            if (hashes[number] == hash && text.equals(texts[number])) {
                return number;
            }
            place = next(place);
        }
        return add(text, hash, NO_PLACE);
    }

    private int add(String text, int hash, int place) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        texts[size()] = text;
        hashes[size()] = hash;
        starts[size()] = plain.size();
        plain.putInt(utf8.length);
        plain.putBytes(utf8, 0, utf8.length);
        return added(place);
    }

    /** Bytes of all texts with their sizes. */
    int plainSize() {
        return plain.size();
    }

    /** Bytes of one text with its size. */
    int plainSize(int number) {
        return end(number) - starts[number];
    }

    private int end(int number) {
        return number + 1 < size() ? starts[number + 1] : plain.size();
    }

    /** Writes the texts before the one with this number. */
    void putFirst(int count, PageBuffer page) {
        page.putBytes(plain.bytes(), 0, count < size() ? starts[count] : plain.size());
    }

    void put(int number, PageBuffer page) {
        page.putBytes(plain.bytes(), starts[number], plainSize(number));
    }

    /** By unsigned bytes, the order of Parquet's statistics; that of {@code String} is another beyond U+FFFF. */
    int compare(int one, int other) {
        byte[] bytes = plain.bytes();
        int oneStart = starts[one] + Integer.BYTES;
        int otherStart = starts[other] + Integer.BYTES;
        return Arrays.compareUnsigned(bytes, oneStart, end(one), bytes, otherStart, end(other));
    }

    Binary binary(int number) {
        int start = starts[number] + Integer.BYTES;
        return Binary.fromConstantByteArray(Arrays.copyOfRange(plain.bytes(), start, end(number)));
    }

    @Override
    void clear() {
        super.clear();
        plain.clear();
    }

    @Override
    int hash(int number) {
        return spread(hashes[number]);
    }

    private static int spread(int hash) {
        return hash ^ hash >>> 15;
    }

    @Override
    void resize(int newCapacity) {
        texts = Arrays.copyOf(texts, newCapacity);
        hashes = Arrays.copyOf(hashes, newCapacity);
        starts = Arrays.copyOf(starts, newCapacity);
    }
}
