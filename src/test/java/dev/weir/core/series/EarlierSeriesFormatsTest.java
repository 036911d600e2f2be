package dev.weir.core.series;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Formats 1 to 3, field by field; {@code KeptSeriesTest} has whole series as those releases wrote them. */
class EarlierSeriesFormatsTest {
    private static final int TOMBSTONE = 1;
    private static final int HAS_LAST = 2;

    @ParameterizedTest
    @CsvSource({"1, 0", "1, 3", "2, 0", "2, 1", "2, 2", "3, 0", "3, 1", "3, 2", "3, 3"})
    void everyFieldIsRead(int format, int flags) {
        SeriesState series = new SeriesStateCodec().decode(bytes(format, flags), null);
        assertThat(series.tombstone).isEqualTo((flags & TOMBSTONE) != 0);
        assertThat(series.hasLast).isEqualTo((flags & HAS_LAST) != 0);
        assertThat(series.clockMicros).isEqualTo(1_000);
        assertThat(series.floorMicros).isEqualTo(900);
        if (series.hasLast) {
            assertThat(series.lastValue).isEqualTo(21.5);
            assertThat(series.unchangedSinceMicros).isEqualTo(990);
        }
        assertThat(series.quotaParts).isEqualTo(11);
        assertThat(series.quotaPartsPerToken).isEqualTo(12);
        assertThat(series.quotaClockMicros).isEqualTo(13);
        assertThat(series.partialThroughMicros).isEqualTo(14);
        assertThat(series.partitionHash).isEqualTo(-15);
        assertThat(series.lastArrivalMillis).isEqualTo(16);
        assertThat(series.lastAcceptedMillis).isEqualTo(17);
        assertThat(series.timerMillis).isEqualTo(18);
        assertThat(series.accepted.size()).isEqualTo(2);
        assertThat(series.accepted.timeAt(0)).isEqualTo(950);
        assertThat(series.accepted.valueAt(0)).isEqualTo(0.5);
        assertThat(series.accepted.timeAt(1)).isEqualTo(1_000);
        assertThat(series.accepted.valueAt(1)).isEqualTo(2.5);
        assertThat(series.generation).isEqualTo(format == 1 ? 0 : 41);
        OpenWindows windows = series.lengths[0];
        assertThat(series.lengths).hasSize(1);
        assertThat(windows.seconds).isEqualTo(60);
        assertThat(windows.notBeforeMicros).isEqualTo(-20);
        assertThat(windows.size()).isEqualTo(1);
        Window window = windows.get(0);
        assertThat(new long[] {window.startMicros, window.count, window.flaggedCount})
                .containsExactly(0, 22, 23);
        assertThat(new double[] {
                    window.runningSum,
                    window.compensation,
                    window.runningMean,
                    window.squaredDeviations,
                    window.min,
                    window.max
                })
                .containsExactly(24.5, 25.5, 26.5, 27.5, 28.5, 29.5);
        assertThat(new long[] {window.firstTimeMicros, window.lastTimeMicros, window.emittedCount})
                .containsExactly(30, 31, 34);
        assertThat(new double[] {window.firstValue, window.lastValue}).containsExactly(32.5, 33.5);
        assertThat(window.site).isEqualTo("site");
        assertThat(window.unit).isNull();
    }

    private static byte[] bytes(int format, int flags) {
        StateWriter out = new StateWriter();
        out.writeByte(format);
        out.writeByte(flags);
        out.writeLong(1_000);
        out.writeLong(900);
        if ((flags & HAS_LAST) != 0) {
            out.writeDouble(21.5);
            out.writeLong(990);
        }
        for (long field : new long[] {11, 12, 13, 14, -15, 16, 17, 18}) {
            out.writeLong(field);
        }
        writeAccepted(format, out);
        out.writeLong(1); // one length
        out.writeLong(60);
        out.writeLong(-20);
        out.writeLong(1); // of one window
        for (long field : new long[] {0, 22, 23}) {
            out.writeLong(field);
        }
        for (double field : new double[] {24.5, 25.5, 26.5, 27.5, 28.5, 29.5}) {
            out.writeDouble(field);
        }
        out.writeLong(30);
        out.writeLong(31);
        out.writeDouble(32.5);
        out.writeDouble(33.5);
        out.writeText("site");
        out.writeText(null);
        out.writeLong(34);
        if (format > 1) {
            out.writeLong(41);
        }
        return out.toBytes();
    }

    /** Times as differences; the values as doubles, from format 3 on as differences of tenths. */
    private static void writeAccepted(int format, StateWriter out) {
        out.writeLong(2);
        if (format < 3) {
            out.writeLong(950);
            out.writeDouble(0.5);
            out.writeLong(50);
            out.writeDouble(2.5);
        } else {
            out.writeByte(1);
            out.writeLong(950);
            out.writeLong(5);
            out.writeLong(50);
            out.writeLong(20);
        }
    }
}
