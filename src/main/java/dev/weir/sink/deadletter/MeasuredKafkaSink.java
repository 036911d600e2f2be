package dev.weir.sink.deadletter;

import dev.weir.config.TransactionLife;
import dev.weir.config.WeirConfig;
import dev.weir.metrics.SinkMetrics;
import dev.weir.metrics.WeirMetrics;
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
import org.apache.flink.runtime.checkpoint.CheckpointIDCounter;
import org.apache.flink.streaming.api.connector.sink2.CommittableMessage;
import org.apache.flink.streaming.api.connector.sink2.SupportsPostCommitTopology;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * Adds to Kafka's sink the metrics that every sink of Weir has. Its writer notices when a transaction becomes too old
 * ({@link TransactionAges}). Its committer asks the broker what a failed commit means ({@link DeadLetterCommitter}).
 */
final class MeasuredKafkaSink
        implements Sink<DeadLetterRecord>,
                SupportsWriterState<DeadLetterRecord, KafkaWriterState>,
                SupportsCommitter<Transaction>,
                SupportsPostCommitTopology<Transaction> {
    private static final long serialVersionUID = 1L;

    private final KafkaSink<DeadLetterRecord> kafka;
    private final String pipeline;
    private final WeirConfig.Kafka servers;
    private final TransactionLife life;

    MeasuredKafkaSink(KafkaSink<DeadLetterRecord> kafka, WeirConfig config, TransactionLife life) {
        this.kafka = kafka;
        this.pipeline = config.pipeline();
        this.servers = config.kafka();
        this.life = life;
    }

    @Override
    public StatefulSinkWriter<DeadLetterRecord, KafkaWriterState> createWriter(WriterInitContext context)
            throws IOException {
        return new DeadLetterWriter<>(kafka.createWriter(context), ages(), metrics(context.metricGroup()));
    }

    @Override
    public StatefulSinkWriter<DeadLetterRecord, KafkaWriterState> restoreWriter(
            WriterInitContext context, Collection<KafkaWriterState> state) {
        return new DeadLetterWriter<>(kafka.restoreWriter(context, state), ages(), metrics(context.metricGroup()));
    }

    @Override
    public Committer<Transaction> createCommitter(CommitterInitContext context) {
        MetricGroup group = metrics(context.metricGroup());
        return new DeadLetterCommitter(
                kafka.createCommitter(context),
                TransactionFates.at(servers),
                new SinkMetrics(group, System::nanoTime),
                group.counter(DeadLetterCommitter.LETTERS_LOST),
                context.getRestoredCheckpointId().orElse(CheckpointIDCounter.INITIAL_CHECKPOINT_ID - 1));
    }

    private TransactionAges ages() {
        return new TransactionAges(life, System::nanoTime, System::currentTimeMillis);
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

    /**
     * Passes the stream on with another element type, which is safe: the connector only makes its writer and committer
     * share a TaskManager, and reads no element.
     */
    @Override
    @SuppressWarnings({"unchecked", "rawtypes"})
    public void addPostCommitTopology(DataStream<CommittableMessage<Transaction>> committed) {
        kafka.addPostCommitTopology((DataStream) committed);
    }
}
