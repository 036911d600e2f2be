package dev.weir.bench;

import java.util.SplittableRandom;

/**
 * W2: so many series, of which the next one is drawn each millisecond of event time, evenly or by Zipf's law. In order, and nothing is
 * bad: what is measured is the access to state.
 */
final class SparseFleet implements Workload {
    private static final long BASE_MILLIS = 1_700_000_000_000L;
    /** Prime: spreads the frequent series over sensors and partitions. */
    private static final int STRIDE = 1_000_003;

    private final SensorFleet fleet;
    private final SplittableRandom random;
    private final Zipf zipf;

    /** @param exponent of Zipf's law; 0 for uniform */
    SparseFleet(int series, double exponent, int partitions, long seed) {
        this.fleet = new SensorFleet(Math.max(1, series / SensorFleet.METRICS), partitions);
        this.random = new SplittableRandom(seed);
        this.zipf = exponent == 0 ? null : new Zipf(fleet.series(), exponent);
    }

    @Override
    public void generate(long events, EventSink to) {
        EventText text = new JsonText();
        for (long n = 0; n < events; n++) {
            int rank = zipf == null ? random.nextInt(fleet.series()) : zipf.rank(random) - 1;
            int series = (int) ((long) rank * STRIDE % fleet.series());
            int sensor = series / SensorFleet.METRICS;
            byte[] key = fleet.key(sensor);
            long millis = BASE_MILLIS + n;
            text.write(
                    key,
                    sensor,
                    series % SensorFleet.METRICS,
                    millis,
                    EventText.Value.NUMBER,
                    SensorFleet.centre(series % SensorFleet.METRICS) + random.nextInt(3_000));
            to.accept(fleet.partition(key), millis, key, text.copy(text.length()));
        }
    }
}
