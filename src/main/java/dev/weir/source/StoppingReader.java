package dev.weir.source;

import dev.weir.core.model.Event;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.util.clock.RelativeClock;

/**
 * Kafka's reader, given only splits whose topics are still the same and that end where they should. The first refusal by the
 * broker ends the job; all else is passed on.
 */
final class StoppingReader implements SourceReader<Event, KafkaPartitionSplit> {
    /** Who may not connect or read is told so in seconds; longer than the clients' own timeouts. */
    private static final Duration REFUSED_WITHIN = Duration.ofMinutes(2);

    private final SourceReader<Event, KafkaPartitionSplit> kafka;
    private final Stops stops;
    private final InputTopics topics;
    private final SplitPreparation preparation;
    private final Refusals refusals;
    private final RelativeClock clock;
    private boolean started;
    private long startedNanos;

    StoppingReader(
            SourceReader<Event, KafkaPartitionSplit> kafka,
            Stops stops,
            InputTopics topics,
            TopicIds ids,
            Refusals refusals,
            RelativeClock clock) {
        this.clock = clock;
        this.kafka = kafka;
        this.stops = stops;
        this.topics = topics;
        this.preparation = new SplitPreparation(topics, ids);
        this.refusals = refusals;
    }

    @Override
    public void addSplits(List<KafkaPartitionSplit> splits) {
        if (!started) {
            // They come before the start only from state.
            refusals.worked();
        }
        try {
            kafka.addSplits(preparation.prepared(stops.set(splits)));
        } catch (RuntimeException e) {
            throw refusals.judgedUnchecked(e);
        }
    }

    @Override
    public void start() {
        started = true;
        startedNanos = clock.relativeTimeNanos();
        kafka.start();
    }

    @Override
    public InputStatus pollNext(ReaderOutput<Event> output) throws Exception {
        try {
            InputStatus status = kafka.pollNext(output);
            if (status == InputStatus.MORE_AVAILABLE) {
                refusals.worked();
            }
            return status;
        } catch (Exception e) {
            throw refusals.judged(e);
        }
    }

    @Override
    public List<KafkaPartitionSplit> snapshotState(long checkpointId) {
        return kafka.snapshotState(checkpointId);
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        return kafka.isAvailable();
    }

    @Override
    public void notifyNoMoreSplits() {
        kafka.notifyNoMoreSplits();
    }

    @Override
    public void handleSourceEvents(SourceEvent event) {
        kafka.handleSourceEvents(event);
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) throws Exception {
        // A partition that is silent shows by nothing else that the broker lets us read it.
        if (clock.relativeTimeNanos() - startedNanos > REFUSED_WITHIN.toNanos()) {
            refusals.worked();
        }
        kafka.notifyCheckpointComplete(checkpointId);
    }

    @Override
    public void notifyCheckpointAborted(long checkpointId) throws Exception {
        kafka.notifyCheckpointAborted(checkpointId);
    }

    @Override
    public void pauseOrResumeSplits(Collection<String> pause, Collection<String> resume) {
        kafka.pauseOrResumeSplits(pause, resume);
    }

    @Override
    public void close() throws Exception {
        try {
            kafka.close();
        } finally {
            topics.close();
        }
    }
}
