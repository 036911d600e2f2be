package dev.weir.core.series;

/**
 * The stored form of {@link AcceptedTimes}.
 *
 * <p><b>Idea.</b> Times are stored as differences to the time before, which are small. Sensors send a few decimals, so the values of a
 * series are usually whole numbers of tenths, hundredths and so on. They are then stored as differences of these whole numbers, which take
 * two bytes instead of eight and halve the size of a series.
 *
 * <p><b>Invariant.</b> Every value is read back to the bit. If up to six decimals do not give each value exactly, all values are stored as
 * doubles.
 *
 * <p><b>Cost.</b> One pass for each number of decimals that is tried. A failed pass usually ends after a few values.
 */
final class AcceptedCodec {
    /** Stands for "as doubles" in the byte that says the number of decimals. */
    private static final int DOUBLES = -1;

    private static final double[] POWERS = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6};

    private AcceptedCodec() {}

    /**
     * Writes the entries of a range: their count, the number of decimals unless the count is 0, then each time and value.
     *
     * @param from index of the first entry
     * @param to index after the last entry
     * @param base time to which the first difference refers, epoch microseconds
     */
    static void write(AcceptedTimes accepted, int from, int to, long base, StateWriter out) {
        out.writeLong(to - from);
        if (from == to) {
            return;
        }
        int start = out.length();
        int decimals = 0;
        // Tries one decimal more each time, from the start. Usually one of the first few values already needs as many
        // decimals as any.
        while (!write(accepted, from, to, base, decimals, out)) {
            out.truncate(start);
            decimals = decimals + 1 < POWERS.length ? decimals + 1 : DOUBLES;
        }
    }

    /** Returns whether every value can be read back to the bit. If not, the caller must discard the bytes that were written. */
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

    /** Returns whether the stored number gives the same bits. For a negative zero it does not. */
    private static boolean isExact(double value, long units, int decimals) {
        return Double.doubleToRawLongBits(units / POWERS[decimals]) == Double.doubleToRawLongBits(value);
    }

    /**
     * Reads entries and adds them.
     *
     * @param base as for {@link #write}
     * @param saysDecimals whether the bytes say the number of decimals; before format 3 all values were doubles
     */
    static void read(StateReader in, AcceptedTimes accepted, long base, boolean saysDecimals) {
        long size = in.readLong();
        int decimals = saysDecimals && size > 0 ? in.readByte() : DOUBLES;
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
