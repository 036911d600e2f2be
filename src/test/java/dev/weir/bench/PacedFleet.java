package dev.weir.bench;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * W3: every series in turn, with the present as event time, at a steady rate. Remembers of some sensors when the record was sent that
 * makes a row due: the first at or after the end of the row's window and the disorder.
 */
final class PacedFleet {
    /** Every so many sensors one is watched. */
    static final int WATCHED_EVERY = 100;

    private final SensorFleet fleet;
    private final long windowMillis;
    private final long disorderMillis;
    private final long perSecond;
    private final Map<String, Long> due = new HashMap<>();
    private final long[] lastOfSeries;

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
        EventText text = new EventText();
        for (long n = 0; n < (long) times * fleet.series(); n++) {
            send((int) (n % fleet.series()), text, sink);
        }
    }

    /** In portions of a few milliseconds. */
    void sendWhile(BooleanSupplier more, EventSink sink) {
        EventText text = new EventText();
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
        long now = Math.max(System.currentTimeMillis(), lastOfSeries[series] + 1);
        text.write(key, sensor, metric, now, EventText.Value.NUMBER, SensorFleet.centre(metric) + now % 1_000);
        if (sensor % WATCHED_EVERY == 0) {
            remember(new String(key, StandardCharsets.US_ASCII), metric, lastOfSeries[series], now);
        }
        lastOfSeries[series] = now;
        sink.accept(fleet.partition(key), now, key, text.copy(text.length()));
    }

    /** The windows that the series' clock makes due by going from one time to the other. */
    private void remember(String sensor, int metric, long before, long now) {
        if (before == 0) {
            return;
        }
        long first = Math.floorDiv(before - disorderMillis, windowMillis) * windowMillis;
        for (long start = first; start + windowMillis + disorderMillis <= now; start += windowMillis) {
            if (start + windowMillis + disorderMillis > before) {
                due.put(row(sensor, metric, start), now);
            }
        }
    }
}
