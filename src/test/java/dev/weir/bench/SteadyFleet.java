package dev.weir.bench;

import java.util.ArrayDeque;
import java.util.SplittableRandom;

/**
 * W1: each tick, one second, every series sends a reading, in an order of its own. One in ten comes late, up to 30 s; 1 % exact
 * duplicates, 1 % out of range, 0.5 % null or missing value, 0.3 % missing sensor_id, 0.2 % truncated JSON, 0.1 % a day in the future,
 * 0.1 % spikes; one series in a thousand is stuck, one sensor in 2,000 sends more than its quota. No two readings of a series have the
 * same time but duplicates, and none is late by its series' clock: so what is right does not depend on the order of partitions.
 */
final class SteadyFleet implements Workload {
    /** 2023-11-14T22:13:20Z. */
    private static final long BASE_MILLIS = 1_700_000_000_000L;

    private static final long DAY_MILLIS = 86_400_000;
    private static final int TICK_MILLIS = 1_000;
    private static final int GREATEST_DELAY_TICKS = 29;
    private static final int DUPLICATE_AFTER_EVENTS = 5_000;
    private static final int CHATTY_EVERY = 2_000;
    private static final int CHATTY_PER_TICK = 20;
    private static final int STUCK_EVERY = 1_000;
    /** Prime, and so coprime to the number of series: a walk with this stride meets each of them once. */
    private static final int STRIDE = 1_000_003;

    private static final long[] TOO_MUCH = {99_900, 99_900, 999_900, 99_900};

    private record Again(long at, int partition, byte[] key, byte[] value) {}

    private final SensorFleet fleet;
    private final SplittableRandom random;
    private final EventText text;
    private final ArrayDeque<Again> duplicates = new ArrayDeque<>();
    private long sent;
    private long limit;
    private EventSink sink;

    SteadyFleet(int sensors, int partitions, long seed, EventText text) {
        this.text = text;
        this.fleet = new SensorFleet(sensors, partitions);
        this.random = new SplittableRandom(seed);
    }

    @Override
    public void generate(long events, EventSink to) {
        limit = events;
        sink = to;
        for (long tick = 0; sent < limit; tick++) {
            for (int i = 0; i < fleet.series() && sent < limit; i++) {
                int series = (int) (((long) i * STRIDE + tick * 7_919) % fleet.series());
                int readings = chatty(series) ? CHATTY_PER_TICK : 1;
                for (int n = 0; n < readings && sent < limit; n++) {
                    reading(series, tick, n);
                    resend(tick);
                }
            }
        }
    }

    private static boolean chatty(int series) {
        return series / SensorFleet.METRICS % CHATTY_EVERY == 7;
    }

    private void reading(int series, long tick, int ofTick) {
        int sensor = series / SensorFleet.METRICS;
        int metric = series % SensorFleet.METRICS;
        byte[] key = fleet.key(sensor);
        // Per mille: out of range 10, null or missing value 5, missing sensor_id 3, truncated 2, future 1, spike 1.
        int luck = random.nextInt(1_000);
        long hundredths = luck < 10 ? TOO_MUCH[metric] : value(series, tick, metric);
        EventText.Value value = EventText.Value.NUMBER;
        if (luck >= 10 && luck < 15) {
            value = luck < 13 ? EventText.Value.NULL : EventText.Value.ABSENT;
        } else if (luck == 21) {
            hundredths += 4_000;
        }
        long time = eventTime(series, tick, ofTick) + (luck == 20 ? DAY_MILLIS : 0);
        text.write(luck >= 15 && luck < 18 ? null : key, sensor, metric, time, value, hundredths);
        boolean truncated = luck >= 18 && luck < 20;
        byte[] bytes = text.copy(truncated ? 1 + random.nextInt(text.length() - 1) : text.length());
        int partition = fleet.partition(key);
        send(tick, partition, key, bytes);
        if (random.nextInt(100) == 0) {
            duplicates.add(new Again(sent + DUPLICATE_AFTER_EVENTS, partition, key, bytes));
        }
    }

    /** In time at the first half of a second, what is delayed in the other, at a place that depends on the tick that sends it. */
    private long eventTime(int series, long tick, int ofTick) {
        long phase = series * 31L % 400;
        if (!chatty(series) && random.nextInt(10) == 0) {
            long delay = 1L + random.nextInt(GREATEST_DELAY_TICKS);
            return BASE_MILLIS + (tick - delay) * TICK_MILLIS + 500 + tick % 31 * 10;
        }
        return BASE_MILLIS + tick * TICK_MILLIS + phase + ofTick * 25L;
    }

    /** A slow wave and some noise; one in a thousand series never changes. */
    private long value(int series, long tick, int metric) {
        if (series % STUCK_EVERY == 3) {
            return SensorFleet.centre(metric);
        }
        double wave = 300 * Math.sin((tick + series) * 0.01);
        return SensorFleet.centre(metric) + (long) wave + random.nextInt(20);
    }

    private void resend(long tick) {
        while (!duplicates.isEmpty() && duplicates.peek().at() <= sent && sent < limit) {
            Again again = duplicates.remove();
            send(tick, again.partition(), again.key(), again.value());
        }
    }

    private void send(long tick, int partition, byte[] key, byte[] value) {
        sink.accept(partition, BASE_MILLIS + (tick + 1) * TICK_MILLIS, key, value);
        sent++;
    }
}
