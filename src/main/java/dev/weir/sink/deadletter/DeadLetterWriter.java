package dev.weir.sink.deadletter;

import dev.weir.metrics.SinkMetrics;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.sink2.CommittingSinkWriter;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.connector.kafka.sink.KafkaCommittable;
import org.apache.flink.connector.kafka.sink.KafkaWriterState;
import org.apache.flink.connector.kafka.sink.internal.CheckpointTransaction;
import org.apache.flink.metrics.MetricGroup;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes dead letters with the connector's writer, and counts the letters and bytes of the transaction that no
 * checkpoint holds yet.
 */
final class DeadLetterWriter<
                W extends
                        StatefulSinkWriter<DeadLetterRecord, KafkaWriterState>
                                & CommittingSinkWriter<DeadLetterRecord, KafkaCommittable>>
        implements StatefulSinkWriter<DeadLetterRecord, KafkaWriterState>,
                CommittingSinkWriter<DeadLetterRecord, Transaction> {
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterWriter.class);

    private final W writer;
    private final TransactionAges ages;
    private long letters;
    /** Written by the task thread, read by reporters. */
    private volatile long bytes;

    DeadLetterWriter(W writer, TransactionAges ages, MetricGroup metrics) {
        this.writer = writer;
        this.ages = ages;
        SinkMetrics.pendingBytes(metrics, () -> bytes);
    }

    @Override
    public void write(DeadLetterRecord letter, Context context) throws IOException, InterruptedException {
        ages.writing();
        writer.write(letter, context);
        letters++;
        long sum = bytes + letter.bytes();
        bytes = sum;
    }

    @Override
    public void flush(boolean endOfInput) throws IOException, InterruptedException {
        writer.flush(endOfInput);
    }

    @Override
    public void writeWatermark(Watermark watermark) throws IOException, InterruptedException {
        writer.writeWatermark(watermark);
    }

    /**
     * Ends the open transaction for the checkpoint. Returns at most one, because the connector has one transaction per
     * checkpoint, and none that is empty.
     */
    @Override
    public Collection<Transaction> prepareCommit() throws IOException, InterruptedException {
        long held = letters;
        letters = 0;
        bytes = 0;
        Collection<KafkaCommittable> prepared = writer.prepareCommit();
        prepared.forEach(kafka -> ages.precommitted(kafka.getTransactionalId()));
        ages.begun();
        return prepared.stream().map(kafka -> new Transaction(kafka, held)).toList();
    }

    /**
     * Stores the connector's state, and checks the ages of its transactions. Each checkpoint calls this, even after the
     * end of the input, when no transaction is prepared any more. The connector's state names the transactions that its
     * committer has not reported as done.
     *
     * @throws IOException if one of them is so old that the broker might abort it before this checkpoint commits it;
     *     the execution attempt fails
     */
    @Override
    public List<KafkaWriterState> snapshotState(long checkpointId) throws IOException {
        List<KafkaWriterState> states = writer.snapshotState(checkpointId);
        ages.requireYoung(states.stream()
                .flatMap(state -> state.getPrecommittedTransactionalIds().stream())
                .map(CheckpointTransaction::getTransactionalId)
                .collect(Collectors.toSet()));
        return states;
    }

    /**
     * Closes the writer, even while the broker is away. The connector's writer aborts its open transaction, and fails
     * if no broker answers for {@code max.block.ms}. A failure while a task is being cancelled ends the whole
     * TaskManager, so an outage of some minutes would end one after the other. The open transaction belongs to no
     * checkpoint: the next execution attempt aborts it and writes its letters again.
     */
    @Override
    public void close() throws Exception {
        try {
            writer.close();
        } catch (KafkaException e) {
            LOG.warn(
                    "weir.kafka.bootstrap-servers: the broker does not answer, an open transaction of dead letters stays until"
                            + " the next attempt: {}",
                    e.toString());
        }
    }
}
