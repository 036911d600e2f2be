package dev.weir.sink.lake;

import java.util.Arrays;
import java.util.BitSet;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.statistics.Statistics;

/**
 * A column of texts. All go through a dictionary, which is that of the row group or, once that is given up, of the page: a
 * text is hashed, encoded and compared for the statistics once, not once per row.
 */
final class TextColumn extends ColumnChunk {
    private final TextDictionary dictionary = new TextDictionary();
    private boolean givenUp;

    /** Written when the dictionary was given up; the finished pages before refer to it. */
    private final PageBuffer kept = new PageBuffer();

    private int dictionarySize;

    private int[] numbers = new int[16];
    private int count;
    private long plainBytes;
    private String last;
    private int lastHash;
    private int lastNumber;

    TextColumn(ColumnDescriptor descriptor, Workshop workshop) {
        super(descriptor, workshop);
    }

    /** Returns the bytes that the text takes if there is no dictionary. */
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

    /** Returns false, with the page as it was, if the dictionary does not pay or has become too large. */
    private boolean putNumbers(PageBuffer page) {
        if (dictionary.plainSize() > workshop.dictionaryBytes()) {
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
