package dev.weir.source;

import dev.weir.core.model.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.util.clock.RelativeClock;

/**
 * Wraps Kafka's reader. Gives it only splits whose topics were not recreated, and gives each its end. Ends the job at
 * the broker's first refusal, and delegates everything else.
 */
final class StoppingReader implements SourceReader<Event, KafkaPartitionSplit> {
    /**
     * The time after which a completed checkpoint proves that the broker lets the job read. It is longer than the
     * clients' own timeouts, and a refusal comes within seconds.
     */
    private static final Duration REFUSED_WITHIN = Duration.ofMinutes(2);

    private final SourceReader<Event, KafkaPartitionSplit> kafka;
    private final SplitEnds splitEnds;
    private final InputTopics topics;
    private final SplitPreparation preparation;
    private final Refusals refusals;
    private final RelativeClock clock;
    private final boolean holdsTheEnd;
    /**
     * The splits that were given to this reader, with their ends, by split id. The state keeps them after they are
     * finished.
     */
    private final Map<String, KafkaPartitionSplit> remembered = new LinkedHashMap<>();

    private boolean started;
    private boolean held;
    private long startedNanos;

    /**
     * Creates the reader.
     *
     * @param holdsTheEnd whether it becomes idle at its end instead of finishing
     */
    StoppingReader(
            SourceReader<Event, KafkaPartitionSplit> kafka,
            SplitEnds splitEnds,
            InputTopics topics,
            TopicIds ids,
            Refusals refusals,
            RelativeClock clock,
            boolean holdsTheEnd) {
        this.holdsTheEnd = holdsTheEnd;
        this.clock = clock;
        this.kafka = kafka;
        this.splitEnds = splitEnds;
        this.topics = topics;
        this.preparation = new SplitPreparation(topics, ids);
        this.refusals = refusals;
    }

    @Override
    public void addSplits(List<KafkaPartitionSplit> splits) {
        if (!started) {
            // Splits that come before the start are from state, so the job has worked before.
            refusals.worked();
        }
        try {
            List<KafkaPartitionSplit> ending = preparation.prepared(splitEnds.set(splits, !started));
            remember(splits, ending);
            kafka.addSplits(ending);
        } catch (RuntimeException e) {
            throw refusals.judgedUnchecked(e);
        }
    }

    /**
     * Marks the reader as idle at its end. The idle status passes through the graph to the books. Their report then
     * tells the local runner to stop the job with a savepoint.
     */
    private InputStatus held(ReaderOutput<Event> output) {
        held = true;
        output.markIdle();
        return InputStatus.NOTHING_AVAILABLE;
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
            return status == InputStatus.END_OF_INPUT && holdsTheEnd ? held(output) : status;
        } catch (Exception e) {
            throw refusals.judged(e);
        }
    }

    /**
     * Remembers the splits for the state. Skips splits that were restored with an end, which only earlier releases
     * store: their ends stay in the state.
     */
    private void remember(List<KafkaPartitionSplit> given, List<KafkaPartitionSplit> ending) {
        if (!splitEnds.remembersFinished()) {
            return;
        }
        for (int i = 0; i < given.size(); i++) {
            boolean numeric = ending.get(i).getStoppingOffset().orElse(-1L) >= 0;
            if (numeric && (started || given.get(i).getStoppingOffset().isEmpty())) {
                remembered.put(ending.get(i).splitId(), ending.get(i));
            }
        }
    }

    /**
     * Returns the connector's splits and the finished ones, which the connector forgets. A later run continues at their
     * ends.
     */
    @Override
    public List<KafkaPartitionSplit> snapshotState(long checkpointId) {
        List<KafkaPartitionSplit> splits = new ArrayList<>();
        Set<String> reading = new HashSet<>();
        for (KafkaPartitionSplit split : kafka.snapshotState(checkpointId)) {
            reading.add(split.splitId());
            splits.add(remembered.containsKey(split.splitId()) ? SplitEnds.withoutEnd(split) : split);
        }
        remembered.forEach((id, split) -> {
            if (!reading.contains(id)) {
                splits.add(SplitEnds.finished(split));
            }
        });
        return splits;
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        return held ? new CompletableFuture<>() : kafka.isAvailable();
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
        // A silent partition gives no other sign that the broker lets the job read it.
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
