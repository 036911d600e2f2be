package dev.weir.restart;

import dev.weir.core.model.Event;
import dev.weir.testing.KafkaBroker;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Sends given events in the background, some every so often, until all are in the topic. */
final class SlowFeed implements AutoCloseable {
    private static final int EVERY_MILLIS = 500;

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread made = new Thread(work, "slow-feed");
        made.setDaemon(true);
        return made;
    });
    private final Future<?> done;
    private final AtomicInteger sent = new AtomicInteger();
    private volatile int atOnce;

    /** @param atOnce how many events go together, twice a second */
    SlowFeed(KafkaBroker broker, String topic, List<Event> events, int atOnce) {
        this.atOnce = atOnce;
        done = thread.scheduleWithFixedDelay(
                () -> {
                    int from = sent.get();
                    int to = Math.min(from + this.atOnce, events.size());
                    broker.send(events.subList(from, to).stream()
                            .map(event -> new ProducerRecord<>(
                                    topic,
                                    event.origin().partition(),
                                    event.origin().timestampMillis(),
                                    event.key(),
                                    event.value()))
                            .toList());
                    sent.set(to);
                    if (to == events.size()) {
                        throw new AllSent(); // ends the schedule
                    }
                },
                0,
                EVERY_MILLIS,
                TimeUnit.MILLISECONDS);
    }

    /** Events that the broker has. */
    int sent() {
        return sent.get();
    }

    /** The rest goes at a hundred times the rate; all events are in the topic. */
    void hurry() throws InterruptedException, TimeoutException {
        atOnce *= 100;
        try {
            done.get(5, TimeUnit.MINUTES);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof AllSent)) {
                throw new IllegalStateException("the feed has failed", e);
            }
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private static final class AllSent extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
