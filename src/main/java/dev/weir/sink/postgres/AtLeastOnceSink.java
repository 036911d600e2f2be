package dev.weir.sink.postgres;

import dev.weir.core.model.Aggregate;
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
import org.apache.flink.connector.jdbc.JdbcExecutionOptions;
import org.apache.flink.connector.jdbc.core.datastream.sink.JdbcSink;
import org.apache.flink.connector.jdbc.core.datastream.sink.committer.JdbcCommitable;
import org.apache.flink.connector.jdbc.core.datastream.sink.writer.JdbcWriter;
import org.apache.flink.connector.jdbc.core.datastream.sink.writer.JdbcWriterState;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.metrics.MetricGroup;

/** The connector's upsert sink with the metrics of every Weir sink. A commit is one batch. The connector keeps state and rows. */
final class AtLeastOnceSink
        implements Sink<Aggregate>, SupportsWriterState<Aggregate, JdbcWriterState>, SupportsCommitter<JdbcCommitable> {
    private static final long serialVersionUID = 1L;

    private final String pipeline;
    /** The object that the connector's sink also uses, so that its batches can be measured. */
    private final ConnectorConnections connections;

    private final JdbcSink<Aggregate> sink;

    AtLeastOnceSink(String pipeline, ConnectorConnections connections, JdbcExecutionOptions options) {
        this.pipeline = pipeline;
        this.connections = connections;
        this.sink = JdbcSink.<Aggregate>builder()
                .withQueryStatement(new UpsertStatement())
                .withExecutionOptions(options)
                .buildAtLeastOnce(connections);
    }

    @Override
    public StatefulSinkWriter<Aggregate, JdbcWriterState> createWriter(WriterInitContext context) throws IOException {
        BatchMetrics metrics = measured(context);
        return new AtLeastOnceWriter(sink.createWriter(context), metrics, connections::endSilentAfter);
    }

    @Override
    public StatefulSinkWriter<Aggregate, JdbcWriterState> restoreWriter(
            WriterInitContext context, Collection<JdbcWriterState> state) throws IOException {
        BatchMetrics metrics = measured(context);
        JdbcWriter<Aggregate> writer = sink.restoreWriter(context, state);
        return new AtLeastOnceWriter(writer, metrics, connections::endSilentAfter);
    }

    private BatchMetrics measured(WriterInitContext context) {
        MetricGroup group = WeirMetrics.sink(context.metricGroup(), pipeline, PostgresSinks.METRICS);
        BatchMetrics metrics = new BatchMetrics(group, new SinkMetrics(group, System::nanoTime));
        connections.measuredBy(metrics);
        return metrics;
    }

    @Override
    public Committer<JdbcCommitable> createCommitter(CommitterInitContext context) throws IOException {
        return sink.createCommitter(context);
    }

    @Override
    public SimpleVersionedSerializer<JdbcCommitable> getCommittableSerializer() {
        return sink.getCommittableSerializer();
    }

    @Override
    public SimpleVersionedSerializer<JdbcWriterState> getWriterStateSerializer() {
        return sink.getWriterStateSerializer();
    }
}
