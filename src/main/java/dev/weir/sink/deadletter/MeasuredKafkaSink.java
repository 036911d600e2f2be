package dev.weir.sink.deadletter;

import dev.weir.flink.SinkMetrics;
import dev.weir.flink.WeirMetrics;
import java.io.IOException;
import java.util.Collection;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.api.connector.sink2.SupportsCommitter;
import org.apache.flink.api.connector.sink2.SupportsWriterState;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.KafkaWriterState;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.connector.sink2.CommittableMessage;
import org.apache.flink.streaming.api.connector.sink2.SupportsPostCommitTopology;
import org.apache.flink.streaming.api.datastream.DataStream;

/** Kafka's sink as it is, but for {@link ForgottenTransactions} and the metrics that every sink of Weir has. */
final class MeasuredKafkaSink
        implements Sink<DeadLetterRecord>,
                SupportsWriterState<DeadLetterRecord, KafkaWriterState>,
                SupportsCommitter<Transaction>,
                SupportsPostCommitTopology<Transaction> {
    private static final long serialVersionUID = 1L;

    private final KafkaSink<DeadLetterRecord> kafka;
    private final String pipeline;

    MeasuredKafkaSink(KafkaSink<DeadLetterRecord> kafka, String pipeline) {
        this.kafka = kafka;
        this.pipeline = pipeline;
    }

    @Override
    public StatefulSinkWriter<DeadLetterRecord, KafkaWriterState> createWriter(WriterInitContext context)
            throws IOException {
        return new DeadLetterWriter<>(kafka.createWriter(context), metrics(context.metricGroup()));
    }

    @Override
    public StatefulSinkWriter<DeadLetterRecord, KafkaWriterState> restoreWriter(
            WriterInitContext context, Collection<KafkaWriterState> state) {
        return new DeadLetterWriter<>(kafka.restoreWriter(context, state), metrics(context.metricGroup()));
    }

    @Override
    public Committer<Transaction> createCommitter(CommitterInitContext context) {
        SinkMetrics metrics = new SinkMetrics(metrics(context.metricGroup()), System::nanoTime);
        return new DeadLetterCommitter(new ForgottenTransactions(kafka.createCommitter(context)), metrics);
    }

    private MetricGroup metrics(MetricGroup operator) {
        return WeirMetrics.sink(operator, pipeline, "dead-letters");
    }

    @Override
    public SimpleVersionedSerializer<Transaction> getCommittableSerializer() {
        return new TransactionSerializer(kafka.getCommittableSerializer());
    }

    @Override
    public SimpleVersionedSerializer<KafkaWriterState> getWriterStateSerializer() {
        return kafka.getWriterStateSerializer();
    }

    /** The connector looks at the graph here and not at what flows: its writer and committer have to share a task manager. */
    @Override
    @SuppressWarnings({"unchecked", "rawtypes"})
    public void addPostCommitTopology(DataStream<CommittableMessage<Transaction>> committed) {
        kafka.addPostCommitTopology((DataStream) committed);
    }
}
