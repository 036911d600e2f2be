package dev.weir.core.decode;

import java.nio.charset.StandardCharsets;

/**
 * A cache of recently seen names, so that a sensor's id is one object and not one for each event. Bounded: a name replaces the earlier name
 * of the same entry.
 */
final class TextCache {
    private static final int FIRST_SIZE = 1 << 10;
    /** Entries; a power of two. Enough for tens of thousands of sensors. With more, a miss costs what it would cost without a cache. */
    private static final int GREATEST_SIZE = 1 << 16;

    private String[] entries = new String[FIRST_SIZE];
    /** The hashes of the entries. A comparison of hashes avoids most comparisons of texts. */
    private int[] hashes = new int[FIRST_SIZE];

    private int filled;

    String get(char[] chars, int offset, int length) {
        int hash = 0;
        for (int i = offset; i < offset + length; i++) {
            hash = 31 * hash + chars[i];
        }
        int index = (hash ^ (hash >>> 16)) & (entries.length - 1);
        String entry = entries[index];
        if (entry == null || hashes[index] != hash || !matches(entry, chars, offset, length)) {
            entry = new String(chars, offset, length);
            if (length <= 255) {
                put(index, entry, hash);
            }
        }
        return entry;
    }

    /** Returns the text of ASCII bytes, or null if there are other bytes. */
    String getAscii(byte[] bytes, int offset, int length) {
        int hash = 0;
        int signs = 0;
        for (int i = offset; i < offset + length; i++) {
            hash = 31 * hash + bytes[i];
            signs |= bytes[i];
        }
        if (signs < 0) {
            return null;
        }
        int index = (hash ^ (hash >>> 16)) & (entries.length - 1);
        String entry = entries[index];
        if (entry == null || hashes[index] != hash || !matches(entry, bytes, offset, length)) {
            entry = new String(bytes, offset, length, StandardCharsets.US_ASCII);
            if (length <= 255) {
                put(index, entry, hash);
            }
        }
        return entry;
    }

    /** Stores a name. A table that becomes more than half full is replaced by an empty one of twice the size. */
    private void put(int index, String entry, int hash) {
        filled += entries[index] == null ? 1 : 0;
        entries[index] = entry;
        hashes[index] = hash;
        if (filled > entries.length / 2 && entries.length < GREATEST_SIZE) {
            hashes = new int[2 * entries.length];
            entries = new String[2 * entries.length];
            filled = 0;
        }
    }

    private static boolean matches(String entry, byte[] bytes, int offset, int length) {
        if (entry.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (entry.charAt(i) != bytes[offset + i]) {
                return false;
            }
        }
        return true;
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
