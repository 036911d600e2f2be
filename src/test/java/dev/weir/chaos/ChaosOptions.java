package dev.weir.chaos;

import java.time.Duration;
import java.util.List;

/**
 * What one run is made of.
 *
 * @param seed of the workload, the schedule and all chance of the disasters
 * @param duration of the schedule; starting and comparing come on top
 * @param eventsPerSecond steady
 * @param schedule these, in this order, as far as the duration goes; empty: all kinds by seed, each as often as another
 */
record ChaosOptions(long seed, Duration duration, int eventsPerSecond, List<Disaster> schedule) {
    static final int SENSORS = 48;
    /** Many, because input and outputs are compared partition by partition, to fit into memory. */
    static final int PARTITIONS = 12;

    /** From {@code weir.chaos.minutes}, {@code weir.chaos.seed} and {@code weir.chaos.rate}. */
    static ChaosOptions fromSystemProperties(int minutes, List<Disaster> schedule) {
        double asked = Double.parseDouble(System.getProperty("weir.chaos.minutes", Integer.toString(minutes)));
        return new ChaosOptions(
                Long.getLong("weir.chaos.seed", 1),
                Duration.ofMillis(Math.round(asked * 60_000)),
                Integer.getInteger("weir.chaos.rate", 1_000),
                schedule);
    }
}
