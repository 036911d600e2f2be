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

/** The connector's writer, counted: letters and bytes of the transaction that no checkpoint has taken yet. */
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

    /** At most one, for the connector has one transaction a checkpoint, and none that is empty. */
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
     * Each checkpoint passes here, also after the end of the input, when no transaction is prepared any more. The connector's state names
     * the transactions of which its committer has not said that they are done.
     *
     * @throws IOException if one of them is so old that the broker might abort it before this checkpoint commits it: the attempt fails
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
     * Also while the broker is away. The connector's writer aborts its open transaction, and fails if nobody answers for
     * {@code max.block.ms}: a failure while a task is being cancelled ends the whole TaskManager, so that an outage of some minutes
     * would take one after the other. What is open belongs to no checkpoint: the next attempt aborts it, and writes it anew.
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
