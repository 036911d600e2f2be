package dev.weir.source;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Wakes a fetcher that waits for Kafka or for files. A call to a consumer that is not polling would interrupt whatever it is asked next, so
 * such a wake-up is noted here instead, and the next wait ends at once.
 *
 * <p>A fetcher with rows at hand must not wait for Kafka, but has to see whether there are new announcements. A consumer that is woken
 * before it polls does not poll at all. So it polls, and a timer wakes it {@link #GLANCE} later. What it has requested by then is
 * there at the next glance.
 */
final class WakeUps implements AutoCloseable {
    private static final Duration GLANCE = Duration.ofMillis(2);

    private final SplitReader<ConsumerRecord<byte[], byte[]>, KafkaPartitionSplit> kafka;
    private ScheduledExecutorService timer;
    private boolean polling;
    private boolean woken;

    WakeUps(SplitReader<ConsumerRecord<byte[], byte[]>, KafkaPartitionSplit> kafka) {
        this.kafka = kafka;
    }

    /** Ends the present wait, or else the next one. Called by any thread. */
    synchronized void wakeUp() {
        woken = true;
        if (polling) {
            kafka.wakeUp();
        }
        notifyAll();
    }

    /** Fetches from Kafka, and waits for records as long as its reader does; null if woken before. */
    RecordsWithSplitIds<ConsumerRecord<byte[], byte[]>> poll() throws IOException {
        return begun() ? polled() : null;
    }

    /** Fetches from Kafka what comes within {@link #GLANCE}. */
    RecordsWithSplitIds<ConsumerRecord<byte[], byte[]>> glance() throws IOException {
        if (timer == null) {
            timer = timer();
        }
        synchronized (this) {
            polling = true;
        }
        ScheduledFuture<?> end = timer.schedule(this::endGlance, GLANCE.toMillis(), TimeUnit.MILLISECONDS);
        try {
            return polled();
        } finally {
            end.cancel(false);
        }
    }

    /** Waits until woken, at most so long. */
    synchronized void await(Duration atMost) throws IOException {
        long end = System.nanoTime() + atMost.toNanos();
        try {
            for (long left = atMost.toMillis(); !woken && left > 0; left = (end - System.nanoTime()) / 1_000_000) {
                wait(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for files", e);
        }
        woken = false;
    }

    private synchronized boolean begun() {
        if (woken) {
            woken = false;
            return false;
        }
        polling = true;
        return true;
    }

    private RecordsWithSplitIds<ConsumerRecord<byte[], byte[]>> polled() throws IOException {
        try {
            return kafka.fetch();
        } finally {
            synchronized (this) {
                polling = false;
            }
        }
    }

    private synchronized void endGlance() {
        if (polling) {
            kafka.wakeUp();
        }
    }

    private static ScheduledExecutorService timer() {
        return new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "weir-announcements");
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public void close() {
        if (timer != null) {
            timer.shutdownNow();
        }
    }
}
