package dev.weir.bench;

import dev.weir.core.model.Aggregate;
import dev.weir.core.model.SeriesKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Rows as workload W1 makes them: 10,000 sensors of 4 metrics, windows of a minute, in no order. */
final class CommitRows {
    private static final List<String> METRICS = List.of("temperature", "humidity", "pressure", "co2");
    /** Of all rows. */
    static final int YEAR = 2023;

    private static final int SENSORS = 10_000;
    private static final long MINUTE_MICROS = 60_000_000L;
    private static final long START_MICROS =
            Instant.parse("2023-11-14T22:00:00Z").getEpochSecond() * 1_000_000L;

    private CommitRows() {}

    /**
     * Epochs in the order in which they are to be committed: keys that are new; the same keys, each a reading more; and
     * one of which a half is new, a quarter a reading more, and a quarter a repetition, which the guard refuses.
     */
    static Map<String, List<Aggregate>> cases(int rows) {
        Random random = new Random(1);
        List<Aggregate> mixed = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            mixed.add(row(i % 2 == 0 ? rows + i / 2 : i, i % 4 == 1 ? 62 : 61, i % 2 == 0, random));
        }
        Map<String, List<Aggregate>> cases = new LinkedHashMap<>();
        cases.put("new", epoch(rows, 60, true, random));
        cases.put("updates", epoch(rows, 61, false, random));
        cases.put("mixed", shuffled(mixed, random));
        return cases;
    }

    private static List<Aggregate> epoch(int rows, int readings, boolean first, Random random) {
        List<Aggregate> epoch = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            epoch.add(row(i, readings, first, random));
        }
        return shuffled(epoch, random);
    }

    private static List<Aggregate> shuffled(List<Aggregate> rows, Random random) {
        Collections.shuffle(rows, random);
        return rows;
    }

    private static Aggregate row(int number, int readings, boolean first, Random random) {
        int sensor = number % SENSORS;
        int metric = number / SENSORS % METRICS.size();
        int window = number / SENSORS / METRICS.size();
        double mean = 20 + random.nextGaussian();
        return Aggregate.builder()
                // New strings, as from the network.
                .series(new SeriesKey("s-" + (100_000 + sensor), new String(METRICS.get(metric))))
                .windowSeconds(60)
                .windowStartMicros(START_MICROS + window * MINUTE_MICROS)
                .site("plant-" + sensor % 10)
                .unit("Cel")
                .count(readings)
                .sum(mean * readings)
                .min(mean - 2)
                .max(mean + 2)
                .mean(mean)
                .stddev(random.nextDouble())
                .firstValue(mean - random.nextDouble())
                .lastValue(mean + random.nextDouble())
                .generation(1)
                .first(first)
                .build();
    }
}
