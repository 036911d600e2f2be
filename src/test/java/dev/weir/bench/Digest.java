package dev.weir.bench;

import java.util.Objects;

/** How many things, and the sum of their hashes: equal whatever the order. */
final class Digest {
    private static final long MICROS_PER_MINUTE = 60_000_000;

    private long count;
    private long sum;

    void add(long hash) {
        count++;
        sum += hash;
    }

    long count() {
        return count;
    }

    static long minute(long eventTimeMicros) {
        return Math.floorDiv(eventTimeMicros, MICROS_PER_MINUTE);
    }

    /** 64 bits of all parts in their order: strings, numbers and null. */
    static long hash(Object... parts) {
        long hash = 0x9E3779B97F4A7C15L;
        for (Object part : parts) {
            long bits = part instanceof Double number
                    ? Double.doubleToLongBits(number)
                    : part instanceof Number number ? number.longValue() : text(String.valueOf(part));
            hash = (hash ^ bits) * 0xFF51AFD7ED558CCDL;
            hash ^= hash >>> 32;
        }
        return hash * 0xC4CEB9FE1A85EC53L;
    }

    private static long text(String text) {
        long hash = text.length();
        for (int i = 0; i < text.length(); i++) {
            hash = hash * 1_000_003 + text.charAt(i);
        }
        return hash;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Digest digest && count == digest.count && sum == digest.sum;
    }

    @Override
    public int hashCode() {
        return Objects.hash(count, sum);
    }

    @Override
    public String toString() {
        return count + " (" + Long.toHexString(sum) + ")";
    }
}
