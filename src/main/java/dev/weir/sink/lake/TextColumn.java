package dev.weir.sink.lake;

import java.util.Arrays;
import java.util.BitSet;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.statistics.Statistics;

/**
 * Encodes a column of texts. All texts go through a dictionary: the row group's, or the page's after the row group's
 * was abandoned. So a distinct text is hashed, encoded and compared for the statistics once, not once per row.
 */
final class TextColumn extends ColumnChunk {
    private final TextDictionary dictionary = new TextDictionary();
    private boolean givenUp;

    /** The dictionary as it was when it was abandoned; the finished dictionary pages refer to it. */
    private final PageBuffer kept = new PageBuffer();

    private int dictionarySize;

    private int[] numbers = new int[16];
    private int count;
    private long plainBytes;
    private String last;
    private int lastHash;
    private int lastNumber;

    TextColumn(ColumnDescriptor descriptor, PageTools tools) {
        super(descriptor, tools);
    }

    /** Adds a text, and returns the bytes that it takes without a dictionary. */
    int add(String text) {
        int hash = text.hashCode();
        if (hash != lastHash || !text.equals(last)) {
            lastNumber = dictionary.numberOf(text, hash);
            last = text;
            lastHash = hash;
        }
        if (count == numbers.length) {
            numbers = Arrays.copyOf(numbers, 2 * count);
        }
        numbers[count++] = lastNumber;
        int bytes = dictionary.plainSize(lastNumber);
        plainBytes += bytes;
        return bytes;
    }

    @Override
    Encoding put(PageBuffer page) {
        if (!givenUp && putNumbers(page)) {
            return Encoding.PLAIN_DICTIONARY;
        }
        if (!givenUp) {
            givenUp = true;
            dictionary.putFirst(dictionarySize, kept);
        }
        for (int i = 0; i < count; i++) {
            dictionary.put(numbers[i], page);
        }
        return Encoding.PLAIN;
    }

    /**
     * Writes the dictionary's numbers. Returns false, with the page unchanged, if the dictionary does not pay or has
     * become too large.
     */
    private boolean putNumbers(PageBuffer page) {
        if (dictionary.plainSize() > tools.dictionaryBytes()) {
            return false;
        }
        int start = page.size();
        putNumbers(numbers, count, dictionary.size(), page);
        if (isFirstPage() && page.size() - start + dictionary.plainSize() >= plainBytes) {
            page.truncate(start);
            return false;
        }
        dictionarySize = dictionary.size();
        return true;
    }

    @Override
    void update(Statistics<?> statistics) {
        BitSet seen = new BitSet(dictionary.size());
        int min = numbers[0];
        int max = numbers[0];
        for (int i = 0; i < count; i++) {
            int number = numbers[i];
            if (!seen.get(number)) {
                seen.set(number);
                if (dictionary.compare(number, min) < 0) {
                    min = number;
                } else if (dictionary.compare(number, max) > 0) {
                    max = number;
                }
            }
        }
        statistics.updateStats(dictionary.binary(min));
        statistics.updateStats(dictionary.binary(max));
    }

    @Override
    int values() {
        return count;
    }

    @Override
    long textBytes() {
        return plainBytes - (long) count * Integer.BYTES;
    }

    @Override
    void clearPage() {
        count = 0;
        plainBytes = 0;
        if (givenUp) {
            dictionary.clear();
            last = null;
        }
    }

    @Override
    int dictionarySize() {
        return dictionarySize;
    }

    @Override
    void putDictionary(PageBuffer page) {
        if (givenUp) {
            page.putBytes(kept.bytes(), 0, kept.size());
        } else {
            dictionary.putFirst(dictionarySize, page);
        }
    }

    @Override
    void clearDictionary() {
        dictionary.clear();
        kept.clear();
        last = null;
        dictionarySize = 0;
        givenUp = false;
    }
}
