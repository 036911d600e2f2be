package dev.weir.load;

import dev.weir.config.WeirConfig;
import dev.weir.core.catalog.Catalog;
import dev.weir.core.catalog.Metric;
import dev.weir.core.model.Event;
import dev.weir.core.model.Origin;
import dev.weir.testing.generate.TestConfigs;
import dev.weir.testing.generate.TestMetrics;
import dev.weir.testing.pipeline.PipelineJob;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;

/**
 * A fleet of sensors in real time: each reports every second, so that each reading makes the row of the second before due; and, if asked
 * to, one more that sends a thousand times its quota, on a partition that half of the fleet share. Event times are the schedule's.
 */
final class FleetFeed {
    static final String BAD = "bad";
    static final int PARTITIONS = 2;
    /** Readings of one series in a second. */
    static final int QUOTA = Integer.getInteger("weir.flood.quota", 2);

    private static final int SENSORS = 100;
    private static final int TICK_MILLIS = 1_000 / SENSORS;
    private static final int FLOOD_A_TICK = QUOTA * 1_000 / SENSORS;

    private final PipelineJob job;
    private final KafkaProducer<byte[], byte[]> producer;
    private final long[] offsets = new long[PARTITIONS];
    private final Map<String, Long> dueSince = new HashMap<>();
    private final Map<Integer, Long> lastSecond = new HashMap<>();
    private long flooded;

    FleetFeed(PipelineJob job, KafkaProducer<byte[], byte[]> producer) {
        this.job = job;
        this.producer = producer;
    }

    /** The quota, rows of a second, and no disorder to wait for. */
    static WeirConfig config() {
        Metric metric = TestMetrics.named("temperature", "Cel", -40, 125).build();
        Catalog catalog = new Catalog(
                TestConfigs.longJson().catalog().inputs().get(0),
                Map.of(metric.name(), metric),
                false,
                TestMetrics.quota(Integer.toString(QUOTA), Duration.ofSeconds(1), QUOTA));
        return TestConfigs.config(
                catalog, TestConfigs.time(Duration.ZERO, Duration.ofSeconds(30)), List.of(Duration.ofSeconds(1)));
    }

    /**
     * The fleet has reported for so long.
     *
     * @return by row, as {@link RowWatch} names it, when the reading was sent that makes it due: epoch milliseconds
     */
    Map<String, Long> report(Duration length, boolean flood) throws Exception {
        dueSince.clear();
        lastSecond.clear();
        long begin = System.currentTimeMillis();
        long ticks = length.toMillis() / TICK_MILLIS;
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        try {
            long[] next = new long[1];
            ScheduledFuture<?> ticking = clock.scheduleAtFixedRate(
                    () -> {
                        tick(begin, next[0], flood);
                        if (++next[0] == ticks) {
                            clock.shutdown();
                        }
                    },
                    0,
                    TICK_MILLIS,
                    TimeUnit.MILLISECONDS);
            if (!clock.awaitTermination(length.toMillis() * 10, TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("the fleet is behind its schedule: " + next[0] + " of " + ticks);
            }
            if (!ticking.isCancelled()) {
                ticking.get();
            }
        } finally {
            clock.shutdownNow();
        }
        return Map.copyOf(dueSince);
    }

    /** Events of the bad device. */
    long flooded() {
        return flooded;
    }

    private void tick(long begin, long tick, boolean flood) {
        long millis = begin + tick * TICK_MILLIS;
        int sensor = (int) (tick % SENSORS);
        List<Event> events = new ArrayList<>();
        events.add(event("fleet-" + sensor, sensor % PARTITIONS, Instant.ofEpochMilli(millis)));
        if (flood) {
            long stepNanos = TICK_MILLIS * 1_000_000L / FLOOD_A_TICK;
            IntStream.range(0, FLOOD_A_TICK)
                    .mapToObj(i -> event(BAD, 0, Instant.ofEpochMilli(millis).plusNanos(i * stepNanos)))
                    .forEach(events::add);
            flooded += FLOOD_A_TICK;
        }
        Long before = lastSecond.put(sensor, millis / 1_000);
        if (before != null) {
            dueSince.put(RowWatch.row("fleet-" + sensor, before), System.currentTimeMillis());
        }
        job.send(producer, events);
    }

    private Event event(String sensor, int partition, Instant time) {
        String json = "{\"sensor_id\":\"" + sensor + "\",\"event_time\":\"" + time
                + "\",\"metric\":\"temperature\",\"value\":20.5,\"unit\":\"Cel\"}";
        Origin origin = new Origin("any", partition, offsets[partition]++, time.toEpochMilli());
        return new Event(origin, null, json.getBytes(StandardCharsets.UTF_8));
    }

    /** @param seen by row, when it was there; every row of {@code due} must be */
    static List<Long> latencies(Map<String, Long> due, Map<String, Long> seen) {
        return due.entrySet().stream()
                .map(row -> seen.get(row.getKey()) - row.getValue())
                .sorted()
                .collect(Collectors.toList());
    }
}
