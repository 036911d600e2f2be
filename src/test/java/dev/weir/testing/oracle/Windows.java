package dev.weir.testing.oracle;

import dev.weir.core.model.Aggregate;
import dev.weir.core.model.SeriesKey;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The final rows of one series. */
final class Windows {
    private Windows() {}

    /** @param readings all accepted ones of a series, in the order of event time */
    static List<Aggregate> rows(List<Accepted> readings, Duration size) {
        List<Aggregate> rows = new ArrayList<>();
        long micros = SeriesFold.micros(size);
        int begin = 0;
        for (int i = 1; i <= readings.size(); i++) {
            if (i == readings.size() || start(readings.get(i), micros) != start(readings.get(begin), micros)) {
                rows.add(row(readings.subList(begin, i), size, start(readings.get(begin), micros)));
                begin = i;
            }
        }
        return rows;
    }

    private static long start(Accepted reading, long sizeMicros) {
        return Math.floorDiv(reading.eventTimeMicros(), sizeMicros) * sizeMicros;
    }

    private static Aggregate row(List<Accepted> readings, Duration size, long startMicros) {
        Accepted first = readings.get(0);
        Accepted last = readings.get(readings.size() - 1);
        SeriesKey series = first.series();
        double[] values = readings.stream().mapToDouble(Accepted::value).toArray();
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        BigDecimal sum = BigDecimal.ZERO;
        BigDecimal squares = BigDecimal.ZERO;
        for (double value : values) {
            sum = sum.add(new BigDecimal(value));
            squares = squares.add(new BigDecimal(value).pow(2));
            min = Math.min(min, value);
            max = Math.max(max, value);
        }
        double mean = sum.divide(BigDecimal.valueOf(values.length), MathContext.DECIMAL128)
                .doubleValue();
        return Aggregate.builder()
                .series(series)
                .windowSeconds(Math.toIntExact(size.toSeconds()))
                .windowStartMicros(startMicros)
                .site(last.site())
                .unit(last.unit())
                .count(values.length)
                .sum(sum.doubleValue())
                .min(min)
                .max(max)
                .mean(mean)
                .stddev(values.length == 1 ? null : sampleDeviation(values.length, sum, squares))
                .firstValue(first.value())
                .lastValue(last.value())
                .flaggedCount(readings.stream().filter(r -> r.quality() != 0).count())
                .build();
    }

    /** Exact up to the root, so the values may be as great or small as a double can be. */
    private static double sampleDeviation(int count, BigDecimal sum, BigDecimal squares) {
        BigDecimal n = BigDecimal.valueOf(count);
        BigDecimal deviations = squares.multiply(n).subtract(sum.pow(2));
        return deviations
                .divide(n.multiply(BigDecimal.valueOf(count - 1)), MathContext.DECIMAL128)
                .sqrt(MathContext.DECIMAL64)
                .doubleValue();
    }
}
