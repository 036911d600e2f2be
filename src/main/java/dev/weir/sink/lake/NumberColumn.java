package dev.weir.sink.lake;

import java.util.Arrays;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/** Encodes a column of INT32, INT64, DOUBLE (as its bits) or BOOLEAN (0 or 1). */
final class NumberColumn extends ColumnChunk {
    private final PrimitiveTypeName kind;
    private final int maxDictionarySize;
    private final LongDictionary dictionary = new LongDictionary();
    private boolean givenUp;
    private int dictionarySize;

    private long[] values = new long[16];
    private int count;

    NumberColumn(ColumnDescriptor descriptor, PageTools tools, boolean withDictionary) {
        super(descriptor, tools);
        this.kind = type().getPrimitiveTypeName();
        boolean never = !withDictionary || kind == PrimitiveTypeName.BOOLEAN;
        this.maxDictionarySize = never ? 0 : tools.dictionaryBytes() / width();
    }

    private int width() {
        return kind == PrimitiveTypeName.INT32 ? Integer.BYTES : Long.BYTES;
    }

    void add(long value) {
        if (count == values.length) {
            values = Arrays.copyOf(values, 2 * count);
        }
        values[count++] = value;
    }

    @Override
    Encoding put(PageBuffer page) {
        if (!givenUp && putNumbers(page)) {
            return Encoding.PLAIN_DICTIONARY;
        }
        givenUp = true;
        putPlain(page);
        return Encoding.PLAIN;
    }

    /**
     * Writes the dictionary's numbers. Returns false, with the page unchanged, if the dictionary does not pay or
     * becomes too large.
     */
    private boolean putNumbers(PageBuffer page) {
        int[] numbers = new int[count];
        long last = values[0];
        int lastNumber = maxDictionarySize == 0 ? 0 : dictionary.numberOf(last);
        for (int i = 0; i < count; i++) {
            if (values[i] != last) {
                last = values[i];
                lastNumber = dictionary.numberOf(last);
            }
            numbers[i] = lastNumber;
            if (lastNumber >= maxDictionarySize) {
                return false;
            }
        }
        int start = page.size();
        putNumbers(numbers, count, dictionary.size(), page);
        long withDictionary = page.size() - start + (long) dictionary.size() * width();
        if (isFirstPage() && withDictionary >= (long) count * width()) {
            page.truncate(start);
            return false;
        }
        dictionarySize = dictionary.size();
        return true;
    }

    private void putPlain(PageBuffer page) {
        switch (kind) {
            case INT32 -> {
                for (int i = 0; i < count; i++) {
                    page.putInt((int) values[i]);
                }
            }
            case BOOLEAN -> {
                int[] bits = new int[count];
                Arrays.setAll(bits, i -> (int) values[i]);
                page.putBooleans(bits, count);
            }
            default -> {
                for (int i = 0; i < count; i++) {
                    page.putLong(values[i]);
                }
            }
        }
    }

    @Override
    void update(Statistics<?> statistics) {
        if (kind == PrimitiveTypeName.DOUBLE) {
            updateDouble(statistics);
            return;
        }
        long min = values[0];
        long max = values[0];
        for (int i = 1; i < count; i++) {
            min = Math.min(min, values[i]);
            max = Math.max(max, values[i]);
        }
        for (long value : new long[] {min, max}) {
            switch (kind) {
                case INT32 -> statistics.updateStats((int) value);
                case INT64 -> statistics.updateStats(value);
                default -> statistics.updateStats(value != 0);
            }
        }
    }

    /** Updates the statistics in Java's order of doubles, with NaN last, as Parquet's own writer does. */
    private void updateDouble(Statistics<?> statistics) {
        double min = Double.longBitsToDouble(values[0]);
        double max = min;
        for (int i = 1; i < count; i++) {
            double value = Double.longBitsToDouble(values[i]);
            if (Double.compare(value, min) < 0) {
                min = value;
            } else if (Double.compare(value, max) > 0) {
                max = value;
            }
        }
        statistics.updateStats(min);
        statistics.updateStats(max);
    }

    @Override
    int values() {
        return count;
    }

    @Override
    long textBytes() {
        return 0;
    }

    @Override
    void clearPage() {
        count = 0;
    }

    @Override
    int dictionarySize() {
        return dictionarySize;
    }

    @Override
    void putDictionary(PageBuffer page) {
        for (int number = 0; number < dictionarySize; number++) {
            if (kind == PrimitiveTypeName.INT32) {
                page.putInt((int) dictionary.value(number));
            } else {
                page.putLong(dictionary.value(number));
            }
        }
    }

    @Override
    void clearDictionary() {
        dictionary.clear();
        dictionarySize = 0;
        givenUp = false;
    }
}
