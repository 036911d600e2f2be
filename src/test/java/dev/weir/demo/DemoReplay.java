package dev.weir.demo;

import dev.weir.testing.KafkaBroker;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The excerpt once more, as if it were measured now: each hour's rows go out when the hour has passed, times a factor. */
final class DemoReplay implements AutoCloseable {
    static final String TOPIC = "beijing-air-live";
    private static final long PERIOD_MILLIS = 500;

    private final KafkaBroker broker;
    private final List<Excerpt.Row> rows;
    private final long[] dueSeconds;
    private final double speed;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private long startNanos;
    private int next;

    /** @param speed how many seconds of event time pass in a second; between the excerpt's months none passes */
    DemoReplay(KafkaBroker broker, Excerpt excerpt, double speed) {
        this.broker = broker;
        this.rows = excerpt.rows();
        this.dueSeconds = due(rows);
        this.speed = speed;
    }

    /** Seconds from the start at speed 1, without the gaps between months. */
    private static long[] due(List<Excerpt.Row> rows) {
        long[] due = new long[rows.size()];
        for (int i = 1; i < due.length; i++) {
            long step = rows.get(i).epochSeconds() - rows.get(i - 1).epochSeconds();
            due[i] = due[i - 1] + Math.min(step, 3600);
        }
        return due;
    }

    /** The topic is there. */
    void createTopic() {
        broker.createTopic(TOPIC, DemoFeed.PARTITIONS, Map.of("retention.ms", "-1"));
    }

    /** Rows go out, until the last one or {@link #close}. */
    void start() {
        startNanos = System.nanoTime();
        clock.scheduleAtFixedRate(this::sendDue, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS)
                .isDone();
    }

    private void sendDue() {
        double passedSeconds = (System.nanoTime() - startNanos) / 1e9 * speed;
        List<ProducerRecord<byte[], byte[]>> due = new ArrayList<>();
        for (; next < rows.size() && dueSeconds[next] <= passedSeconds; next++) {
            Excerpt.Row row = rows.get(next);
            due.add(new ProducerRecord<>(
                    TOPIC,
                    DemoFeed.partitionOf(row.station()),
                    DemoFeed.utf8(row.station()),
                    DemoFeed.utf8(row.text())));
        }
        if (!due.isEmpty()) {
            broker.send(due);
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
