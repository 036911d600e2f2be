package dev.weir.bench;

import dev.weir.testing.LakeReader;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Looks into the lake many times a second; when a committed file of readings was there first. */
final class FileArrivals implements AutoCloseable {
    private static final int EVERY_MILLIS = 20;

    private final Map<String, Long> seen = new ConcurrentHashMap<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final LakeReader lake;

    FileArrivals(Path path) {
        lake = new LakeReader(path);
        var unused = clock.scheduleWithFixedDelay(this::look, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            long now = System.currentTimeMillis();
            lake.files("readings").forEach(file -> seen.putIfAbsent(file.toString(), now));
        } catch (RuntimeException changedMeanwhile) {
            // The next look is soon.
        }
    }

    /** Of each reading whose record was sent in the given time, from there to its file; milliseconds. */
    Latencies latencies(long fromMillis, long untilMillis) {
        Latencies latencies = new Latencies();
        lake.select(
                "readings",
                "filename, epoch_ms(origin_timestamp)",
                "WHERE epoch_ms(origin_timestamp) BETWEEN " + fromMillis + " AND " + untilMillis,
                row -> {
                    latencies.add(seen.get(row.getString(1)) - row.getLong(2));
                    return 0;
                });
        return latencies;
    }

    @Override
    public void close() throws InterruptedException {
        clock.shutdown();
        clock.awaitTermination(10, TimeUnit.SECONDS);
    }
}
