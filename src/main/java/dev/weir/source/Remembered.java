package dev.weir.source;

import java.nio.ByteBuffer;

/**
 * The files of a partition that were read to their end, each with the timestamp of its announcement. A first-in first-out queue with an
 * index. Not thread-safe.
 *
 * <p>The entries lie in one array of longs, three for each, so a remembered file costs 24 bytes and no object. The array grows by a quarter
 * and is halved when three quarters are empty. The index is a hash table of array positions with linear probing, 5 to 11 bytes for each
 * file. It is built at the first question, so an instance that is only written to state has none. The bits of an identity are those of a
 * cryptographic hash, so they serve as hash codes as they are.
 *
 * <p>An entry goes when it is the oldest one and its timestamp is further than a given time from that of the file being added. Both
 * directions count: otherwise one record from the future would keep every later entry. Removal depends on nothing but the added files, so
 * two instances that are given the same files stay equal.
 */
final class Remembered {
    /** Size of an entry in state. */
    static final int ENTRY_BYTES = 3 * Long.BYTES;

    private static final int FIELDS = 3;
    private static final int MIN_CAPACITY = 16;

    /** High and low part of the identity, and the timestamp in epoch milliseconds; entry {@code i} begins at {@code i * FIELDS}. */
    private long[] entries;

    private int first;
    private int size;
    /** One more than the position of an entry; 0 for none. Null until the first question. */
    private int[] index;

    Remembered() {
        this(MIN_CAPACITY);
    }

    private Remembered(int capacity) {
        entries = new long[capacity * FIELDS];
    }

    int size() {
        return size;
    }

    /** Returns the size of both arrays. */
    long heapBytes() {
        return (long) entries.length * Long.BYTES + (index == null ? 0 : (long) index.length * Integer.BYTES);
    }

    /** Returns a copy, which shares nothing. */
    Remembered copy() {
        Remembered copy = new Remembered(Math.max(MIN_CAPACITY, size));
        copyTo(copy.entries);
        copy.size = size;
        return copy;
    }

    /**
     * Adds a file, and removes the oldest ones that are too far away.
     *
     * @param millis timestamp of its announcement, epoch milliseconds
     * @param within milliseconds
     */
    void add(FileIdentity file, long millis, long within) {
        while (size > 0 && Math.abs(entries[first * FIELDS + 2] - millis) > within) {
            removeFirst();
        }
        if (size == capacity()) {
            resize(size + Math.max(MIN_CAPACITY, size / 4));
        } else if (capacity() > MIN_CAPACITY && size < capacity() / 4) {
            resize(Math.max(MIN_CAPACITY, capacity() / 2));
        }
        int at = (first + size) % capacity();
        entries[at * FIELDS] = file.high();
        entries[at * FIELDS + 1] = file.low();
        entries[at * FIELDS + 2] = millis;
        size++;
        if (index != null) {
            insert(at);
        }
    }

    /** Returns whether that file was added with a timestamp that is at most {@code within} milliseconds away. */
    boolean contains(FileIdentity file, long millis, long within) {
        if (size == 0) {
            return false;
        }
        if (index == null) {
            reindex();
        }
        for (int i = (int) file.low() & mask(); index[i] != 0; i = i + 1 & mask()) {
            int at = (index[i] - 1) * FIELDS;
            if (entries[at + 1] == file.low()
                    && entries[at] == file.high()
                    && Math.abs(entries[at + 2] - millis) <= within) {
                return true;
            }
        }
        return false;
    }

    /** Writes the entries, the oldest first, {@link #ENTRY_BYTES} each. */
    void write(ByteBuffer out) {
        for (int i = 0; i < size; i++) {
            int at = (first + i) % capacity() * FIELDS;
            out.putLong(entries[at]).putLong(entries[at + 1]).putLong(entries[at + 2]);
        }
    }

    /** Reads the entries that {@link #write} wrote, up to the buffer's limit. */
    static Remembered read(ByteBuffer in) {
        int size = in.remaining() / ENTRY_BYTES;
        Remembered read = new Remembered(Math.max(MIN_CAPACITY, size));
        in.asLongBuffer().get(read.entries, 0, size * FIELDS);
        read.size = size;
        return read;
    }

    private int capacity() {
        return entries.length / FIELDS;
    }

    private int mask() {
        return index.length - 1;
    }

    private int home(int entry) {
        return (int) entries[entry * FIELDS + 1] & mask();
    }

    private void copyTo(long[] target) {
        int unbroken = Math.min(size, capacity() - first);
        System.arraycopy(entries, first * FIELDS, target, 0, unbroken * FIELDS);
        System.arraycopy(entries, 0, target, unbroken * FIELDS, (size - unbroken) * FIELDS);
    }

    private void resize(int capacity) {
        long[] resized = new long[Math.multiplyExact(capacity, FIELDS)];
        copyTo(resized);
        entries = resized;
        first = 0;
        if (index != null) {
            reindex();
        }
    }

    /** Makes an index of a power of two that is at most three quarters full when the entries' array is. */
    private void reindex() {
        index = new int[Integer.highestOneBit(capacity() / 3 * 4) << 1];
        for (int i = 0; i < size; i++) {
            insert((first + i) % capacity());
        }
    }

    private void insert(int entry) {
        int i = home(entry);
        while (index[i] != 0) {
            i = i + 1 & mask();
        }
        index[i] = entry + 1;
    }

    private void removeFirst() {
        if (index != null) {
            removeFromIndex(first);
        }
        first = (first + 1) % capacity();
        size--;
    }

    /** Closes the gap by moving up those later entries of the chain that may stand there (Knuth, volume 3, 6.4, algorithm R). */
    private void removeFromIndex(int entry) {
        int gap = home(entry);
        while (index[gap] != entry + 1) {
            gap = gap + 1 & mask();
        }
        for (int i = gap + 1 & mask(); index[i] != 0; i = i + 1 & mask()) {
            int fromHome = i - home(index[i] - 1) & mask();
            if (fromHome >= (i - gap & mask())) {
                index[gap] = index[i];
                gap = i;
            }
        }
        index[gap] = 0;
    }
}
