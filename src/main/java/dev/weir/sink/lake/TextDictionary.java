package dev.weir.sink.lake;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.parquet.io.api.Binary;

/** Numbers the distinct texts of a column. Each is encoded once and laid out as Parquet writes it: size, then UTF-8. */
final class TextDictionary extends Dictionary {
    private String[] texts = new String[FIRST_CAPACITY];
    private int[] hashes = new int[FIRST_CAPACITY];
    private int[] starts = new int[FIRST_CAPACITY];
    private final PageBuffer plain = new PageBuffer();

    /**
     * Returns the number of the text. A text that is the same object as before costs one comparison of references,
     * because its hash is cached in it.
     */
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

    /** Returns the bytes of all texts with their sizes. */
    int plainSize() {
        return plain.size();
    }

    /** Returns the bytes of one text with its size. */
    int plainSize(int number) {
        return end(number) - starts[number];
    }

    private int end(int number) {
        return number + 1 < size() ? starts[number + 1] : plain.size();
    }

    /** Writes the texts with the first {@code count} numbers. */
    void putFirst(int count, PageBuffer page) {
        page.putBytes(plain.bytes(), 0, count < size() ? starts[count] : plain.size());
    }

    void put(int number, PageBuffer page) {
        page.putBytes(plain.bytes(), starts[number], plainSize(number));
    }

    /**
     * Compares two texts by unsigned bytes, as Parquet's statistics do. The order of {@code String} differs beyond
     * U+FFFF.
     */
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
