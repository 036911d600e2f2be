package dev.weir.sink.postgres;

import dev.weir.core.model.Aggregate;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.sink2.CommittingSinkWriter;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.connector.jdbc.core.datastream.sink.committer.JdbcCommitable;
import org.apache.flink.connector.jdbc.core.datastream.sink.writer.JdbcWriter;
import org.apache.flink.connector.jdbc.core.datastream.sink.writer.JdbcWriterState;

/** The connector's writer with metrics: counts the rows that it was given, and records after a flush that all of them are written. */
final class AtLeastOnceWriter
        implements StatefulSinkWriter<Aggregate, JdbcWriterState>, CommittingSinkWriter<Aggregate, JdbcCommitable> {
    private final JdbcWriter<Aggregate> writer;
    private final BatchMetrics metrics;
    private final Consumer<Exception> failed;

    /**
     * Wraps the connector's writer.
     *
     * @param failed is told of every failure. A failure in the connector's own flush thread comes with the next call, as a RuntimeException
     */
    AtLeastOnceWriter(JdbcWriter<Aggregate> writer, BatchMetrics metrics, Consumer<Exception> failed) {
        this.writer = writer;
        this.metrics = metrics;
        this.failed = failed;
    }

    @Override
    public void write(Aggregate row, Context context) throws IOException, InterruptedException {
        // Before the write, because it may send the batch.
        metrics.added();
        try {
            writer.write(row, context);
        } catch (IOException | RuntimeException e) {
            failed.accept(e);
            throw e;
        }
    }

    @Override
    public void flush(boolean endOfInput) throws IOException, InterruptedException {
        try {
            writer.flush(endOfInput);
        } catch (IOException | RuntimeException e) {
            failed.accept(e);
            throw e;
        }
        metrics.flushed();
    }

    @Override
    public void writeWatermark(Watermark watermark) throws IOException, InterruptedException {
        writer.writeWatermark(watermark);
    }

    @Override
    public Collection<JdbcCommitable> prepareCommit() throws IOException, InterruptedException {
        return writer.prepareCommit();
    }

    @Override
    public List<JdbcWriterState> snapshotState(long checkpointId) throws IOException {
        return writer.snapshotState(checkpointId);
    }

    @Override
    public void close() throws Exception {
        writer.close();
    }
}
