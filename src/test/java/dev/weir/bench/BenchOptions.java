package dev.weir.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * How long and with whom, by system properties {@code weir.bench.*}.
 *
 * @param events records in the topic, bad ones and duplicates included
 * @param rounds how often each contender runs
 * @param keep whether lake, checkpoints and server directories stay afterwards
 * @param profile whether each contender records itself with Flight Recorder
 */
record BenchOptions(
        long events, int rounds, List<String> contenders, boolean keep, boolean profile, long seed, Path directory) {

    static BenchOptions ofSystemProperties() {
        return new BenchOptions(
                count(System.getProperty("weir.bench.events", "10m")),
                Integer.getInteger("weir.bench.rounds", 3),
                List.of(System.getProperty("weir.bench.contenders", String.join(",", Contenders.NAMES))
                        .split(",", -1)),
                Boolean.getBoolean("weir.bench.keep"),
                Boolean.getBoolean("weir.bench.profile"),
                Long.getLong("weir.bench.seed", 1),
                Path.of("target", "bench").toAbsolutePath());
    }

    /** {@code 1500000}, {@code 1_500_000}, {@code 1500k} or {@code 1.5m}. */
    static long count(String text) {
        String digits = text.strip().replace("_", "").toLowerCase(Locale.ROOT);
        long unit = digits.endsWith("m") ? 1_000_000 : digits.endsWith("k") ? 1_000 : 1;
        return unit == 1
                ? Long.parseLong(digits)
                : Math.round(Double.parseDouble(digits.substring(0, digits.length() - 1)) * unit);
    }
}
