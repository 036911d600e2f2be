package dev.weir.core.series;

/**
 * The stored form of {@link AcceptedTimes}: how many, how the values are written, and for each the difference of its time, and its value,
 * to the one before. Sensors send a few decimals, so that as a rule all values are whole numbers of tenths, hundredths and so on: two
 * bytes each instead of eight, which is half of a series.
 */
final class AcceptedCodec {
    /** In place of a number of decimals. */
    private static final int DOUBLES = -1;

    private static final double[] POWERS = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6};

    private AcceptedCodec() {}

    /**
     * @param from index of the first that is written
     * @param to index after the last
     * @param base the first time is written as its difference to it
     */
    static void write(AcceptedTimes accepted, int from, int to, long base, StateWriter out) {
        out.writeLong(to - from);
        if (from == to) {
            return;
        }
        int start = out.length();
        int decimals = 0;
        // Each time with one more, from the beginning: as a rule one of the first few values needs all that any of them
        // needs.
        while (!write(accepted, from, to, base, decimals, out)) {
            out.truncate(start);
            decimals = decimals + 1 < POWERS.length ? decimals + 1 : DOUBLES;
        }
    }

    /** Returns whether every value can be read again to the bit; if not, what was written is to be forgotten. */
    private static boolean write(AcceptedTimes accepted, int from, int to, long base, int decimals, StateWriter out) {
        out.writeByte(decimals);
        long timeBefore = base;
        long unitsBefore = 0;
        for (int i = from; i < to; i++) {
            long time = accepted.timeAt(i);
            out.writeLong(time - timeBefore);
            timeBefore = time;
            double value = accepted.valueAt(i);
            if (decimals == DOUBLES) {
                out.writeDouble(value);
            } else {
                long units = (long) Math.rint(value * POWERS[decimals]);
                if (!isExact(value, units, decimals)) {
                    return false;
                }
                out.writeLong(units - unitsBefore);
                unitsBefore = units;
            }
        }
        return true;
    }

    /** To the bit: a negative zero is none of these. */
    private static boolean isExact(double value, long units, int decimals) {
        return Double.doubleToRawLongBits(units / POWERS[decimals]) == Double.doubleToRawLongBits(value);
    }

    /**
     * @param base as for {@link #write}
     * @param saysHow whether it says how the values are written; before that they were doubles
     */
    static void read(StateReader in, AcceptedTimes accepted, long base, boolean saysHow) {
        long size = in.readLong();
        int decimals = saysHow && size > 0 ? in.readByte() : DOUBLES;
        long time = base;
        long units = 0;
        for (long i = 0; i < size; i++) {
            time += in.readLong();
            if (decimals == DOUBLES) {
                accepted.add(time, in.readDouble(), SeriesState.NONE);
            } else {
                units += in.readLong();
                accepted.add(time, units / POWERS[decimals], SeriesState.NONE);
            }
        }
    }
}
