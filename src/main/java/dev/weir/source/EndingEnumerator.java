package dev.weir.source;

import java.io.IOException;
import java.util.List;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;

/**
 * Wraps Kafka's enumerator of a bounded run. When it is restored, it tells the readers that no more splits come.
 * Kafka's own enumerator does so only when it finds a new partition, so without a new one the run would never end.
 */
final class EndingEnumerator implements SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> {
    private final SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> kafka;
    private final SplitEnumeratorContext<KafkaPartitionSplit> context;
    private final boolean restored;
    private final boolean keepsEnds;
    private boolean complete;

    /**
     * Wraps the enumerator.
     *
     * @param restored whether it was restored from state
     * @param keepsEnds whether its state keeps the ends of splits, as earlier releases did; false if {@link SplitEnds}
     *     knows them
     */
    EndingEnumerator(
            SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> kafka,
            SplitEnumeratorContext<KafkaPartitionSplit> context,
            boolean restored,
            boolean keepsEnds) {
        this.kafka = kafka;
        this.context = context;
        this.restored = restored;
        this.keepsEnds = keepsEnds;
    }

    /**
     * Starts Kafka's enumerator, and after its first answers tells the readers that no more splits come. Kafka's
     * enumerator looks for partitions in one asynchronous call, and in a second one for the start of new partitions.
     * Calls are answered in order.
     */
    @Override
    public void start() {
        kafka.start();
        if (!restored) {
            return;
        }
        afterCallsUntilNow(() -> afterCallsUntilNow(this::complete));
    }

    private void afterCallsUntilNow(Runnable then) {
        context.callAsync(() -> true, (answer, failure) -> then.run());
    }

    private void complete() {
        complete = true;
        context.registeredReaders().keySet().forEach(context::signalNoMoreSplits);
    }

    @Override
    public void addReader(int subtask) {
        kafka.addReader(subtask);
        if (complete) {
            context.signalNoMoreSplits(subtask);
        }
    }

    @Override
    public void addSplitsBack(List<KafkaPartitionSplit> splits, int subtask) {
        kafka.addSplitsBack(splits, subtask);
    }

    @Override
    public void handleSplitRequest(int subtask, String hostname) {
        kafka.handleSplitRequest(subtask, hostname);
    }

    @Override
    public void handleSourceEvent(int subtask, SourceEvent event) {
        kafka.handleSourceEvent(subtask, event);
    }

    @Override
    public KafkaSourceEnumState snapshotState(long checkpointId) throws Exception {
        KafkaSourceEnumState state = kafka.snapshotState(checkpointId);
        return keepsEnds ? state : SplitEnds.withoutEnds(state);
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) throws Exception {
        kafka.notifyCheckpointComplete(checkpointId);
    }

    @Override
    public void notifyCheckpointAborted(long checkpointId) throws Exception {
        kafka.notifyCheckpointAborted(checkpointId);
    }

    @Override
    public void close() throws IOException {
        kafka.close();
    }
}
