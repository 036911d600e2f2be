package dev.weir.sink.deadletter;

import dev.weir.flink.SinkMetrics;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.sink2.CommittingSinkWriter;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.connector.kafka.sink.KafkaCommittable;
import org.apache.flink.connector.kafka.sink.KafkaWriterState;
import org.apache.flink.metrics.MetricGroup;

/** The connector's writer, counted: letters and bytes of the transaction that no checkpoint has taken yet. */
final class DeadLetterWriter<
                W extends
                        StatefulSinkWriter<DeadLetterRecord, KafkaWriterState>
                                & CommittingSinkWriter<DeadLetterRecord, KafkaCommittable>>
        implements StatefulSinkWriter<DeadLetterRecord, KafkaWriterState>,
                CommittingSinkWriter<DeadLetterRecord, Transaction> {
    private final W writer;
    private long letters;
    /** Written by the task thread, read by reporters. */
    private volatile long bytes;

    DeadLetterWriter(W writer, MetricGroup metrics) {
        this.writer = writer;
        SinkMetrics.pendingBytes(metrics, () -> bytes);
    }

    @Override
    public void write(DeadLetterRecord letter, Context context) throws IOException, InterruptedException {
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
        return writer.prepareCommit().stream()
                .map(kafka -> new Transaction(kafka, held))
                .toList();
    }

    @Override
    public List<KafkaWriterState> snapshotState(long checkpointId) throws IOException {
        return writer.snapshotState(checkpointId);
    }

    @Override
    public void close() throws Exception {
        writer.close();
    }
}
