package dev.weir.bench;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * W3: every series in turn, at a steady rate, with an event time that begins at the present and goes a little slower: checkpoints come each
 * second, and so the moment at which the windows end meets them at every phase, not at one that chance holds for a whole run. Remembers of
 * some sensors when the record was sent that makes a row due: the first at or after the end of the row's window and the disorder.
 */
final class PacedFleet {
    /** Every so many sensors one is watched. */
    static final int WATCHED_EVERY = 100;

    /** Windows of 5 s come every 5.1 s: within a minute at ten phases of a second. */
    private static final double SPEED = 0.98;

    private final SensorFleet fleet;
    private final long windowMillis;
    private final long disorderMillis;
    private final long perSecond;
    private final Map<String, Long> due = new HashMap<>();
    private final long[] lastOfSeries;
    private final long startMillis = System.currentTimeMillis();

    PacedFleet(SensorFleet fleet, long windowMillis, long disorderMillis, long perSecond) {
        this.fleet = fleet;
        this.windowMillis = windowMillis;
        this.disorderMillis = disorderMillis;
        this.perSecond = perSecond;
        this.lastOfSeries = new long[fleet.series()];
    }

    /** By {@link #row}: epoch milliseconds. */
    Map<String, Long> due() {
        return due;
    }

    static String row(String sensor, int metric, long windowStartMillis) {
        return sensor + "/" + SensorFleet.name(metric) + "@" + windowStartMillis;
    }

    /** Sends until the clock says so. */
    void sendUntil(long endMillis, EventSink sink) {
        sendWhile(() -> System.currentTimeMillis() < endMillis, sink);
    }

    /** Sends as fast as it goes: so many events of each series. */
    void sendEach(int times, EventSink sink) {
        EventText text = new JsonText();
        for (long n = 0; n < (long) times * fleet.series(); n++) {
            send((int) (n % fleet.series()), text, sink);
        }
    }

    /** In portions of a few milliseconds. */
    void sendWhile(BooleanSupplier more, EventSink sink) {
        EventText text = new JsonText();
        long startNanos = System.nanoTime();
        long sent = 0;
        while (more.getAsBoolean()) {
            long planned = (long) ((System.nanoTime() - startNanos) / 1e9 * perSecond);
            for (; sent < planned; sent++) {
                send((int) (sent % fleet.series()), text, sink);
            }
            LockSupport.parkNanos(2_000_000);
        }
    }

    private void send(int series, EventText text, EventSink sink) {
        int sensor = series / SensorFleet.METRICS;
        int metric = series % SensorFleet.METRICS;
        byte[] key = fleet.key(sensor);
        // A second one in the same millisecond would be a duplicate.
        long now = System.currentTimeMillis();
        long time = Math.max(startMillis + (long) (SPEED * (now - startMillis)), lastOfSeries[series] + 1);
        text.write(key, sensor, metric, time, EventText.Value.NUMBER, SensorFleet.centre(metric) + time % 1_000);
        if (sensor % WATCHED_EVERY == 0) {
            remember(new String(key, StandardCharsets.US_ASCII), metric, lastOfSeries[series], time, now);
        }
        lastOfSeries[series] = time;
        sink.accept(fleet.partition(key), now, key, text.copy(text.length()));
    }

    /** The windows that the series' clock makes due by going from one time to the other. */
    private void remember(String sensor, int metric, long before, long time, long nowMillis) {
        if (before == 0) {
            return;
        }
        long first = Math.floorDiv(before - disorderMillis, windowMillis) * windowMillis;
        for (long start = first; start + windowMillis + disorderMillis <= time; start += windowMillis) {
            if (start + windowMillis + disorderMillis > before) {
                due.put(row(sensor, metric, start), nowMillis);
            }
        }
    }
}
