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
    /** Below it a whole number times a power, rounded, is still the whole number: far from 2^53. */
    private static final double GREATEST = 1L << 50;

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
        int decimals = decimals(accepted, from, to);
        out.writeByte(decimals);
        long timeBefore = base;
        long unitsBefore = 0;
        for (int i = from; i < to; i++) {
            long time = accepted.timeAt(i);
            out.writeLong(time - timeBefore);
            timeBefore = time;
            if (decimals == DOUBLES) {
                out.writeDouble(accepted.valueAt(i));
            } else {
                long units = units(accepted.valueAt(i), decimals);
                out.writeLong(units - unitsBefore);
                unitsBefore = units;
            }
        }
    }

    /** The least number of decimals with which every value can be written and read again to the bit, or {@link #DOUBLES}. */
    private static int decimals(AcceptedTimes accepted, int from, int to) {
        int decimals = 0;
        double greatest = 0;
        for (int i = from; i < to; i++) {
            double value = accepted.valueAt(i);
            greatest = Math.max(greatest, Math.abs(value));
            while (decimals < POWERS.length && !isExact(value, decimals)) {
                decimals++;
            }
            if (decimals == POWERS.length) {
                return DOUBLES;
            }
        }
        return greatest * POWERS[decimals] < GREATEST ? decimals : DOUBLES;
    }

    /** To the bit: a negative zero is none of these. */
    private static boolean isExact(double value, int decimals) {
        return Double.doubleToRawLongBits(units(value, decimals) / POWERS[decimals])
                == Double.doubleToRawLongBits(value);
    }

    private static long units(double value, int decimals) {
        return (long) Math.rint(value * POWERS[decimals]);
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
