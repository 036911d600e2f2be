package dev.weir.core.decode;

/**
 * The names seen lately, so that a sensor's id is one object and not one per event. Bounded: a text takes the place of the one that fell
 * on the same entry before.
 */
final class TextCache {
    /** Entries; a power of two. Enough for tens of thousands of sensors; more only cost what they would without a cache. */
    private static final int SIZE = 1 << 16;

    private final String[] entries = new String[SIZE];
    /** Of the entries: one look tells whether an entry is worth another one. */
    private final int[] hashes = new int[SIZE];

    String get(char[] chars, int offset, int length) {
        int hash = 0;
        for (int i = offset; i < offset + length; i++) {
            hash = 31 * hash + chars[i];
        }
        int index = (hash ^ (hash >>> 16)) & (SIZE - 1);
        String entry = entries[index];
        if (entry == null || hashes[index] != hash || !matches(entry, chars, offset, length)) {
            entry = new String(chars, offset, length);
            if (length <= 255) {
                entries[index] = entry;
                hashes[index] = hash;
            }
        }
        return entry;
    }

    private static boolean matches(String entry, char[] chars, int offset, int length) {
        if (entry.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (entry.charAt(i) != chars[offset + i]) {
                return false;
            }
        }
        return true;
    }
}
