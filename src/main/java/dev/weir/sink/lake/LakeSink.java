package dev.weir.sink.lake;

import dev.weir.config.WeirConfig;
import dev.weir.core.model.Aggregate;
import dev.weir.core.model.Reading;
import dev.weir.metrics.WeirMetrics;
import java.io.IOException;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.api.connector.sink2.CommittingSinkWriter;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SupportsCommitter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.metrics.MetricGroup;

/**
 * Writes one table of the lake, exactly once.
 *
 * <p>Accepts rows in any order. Its writer has no state: each checkpoint closes every open file and passes the files to
 * the committer. So a job may be restored with another lake path, parallelism or {@code weir.lake.max-open-files}.
 */
public final class LakeSink<T> implements Sink<T>, SupportsCommitter<LakeFile> {
    private static final long serialVersionUID = 1L;

    private final LakeTable<T> table;
    private final WeirConfig.Lake lake;
    private final String pipeline;

    private LakeSink(LakeTable<T> table, WeirConfig.Lake lake, String pipeline) {
        this.table = table;
        this.lake = lake;
        this.pipeline = pipeline;
    }

    /**
     * Creates the sink that writes accepted readings to {@code <lake>/readings/year=YYYY/month=MM/day=DD/} by event
     * time, UTC.
     */
    public static LakeSink<Reading> readings(WeirConfig.Lake lake, String pipeline) {
        return new LakeSink<>(new ReadingTable(), lake, pipeline);
    }

    /**
     * Creates the sink that writes one row per emission to {@code
     * <lake>/aggregates/window_seconds=N/year=/month=/day=/} by window start, UTC.
     */
    public static LakeSink<Aggregate> aggregates(WeirConfig.Lake lake, String pipeline) {
        return new LakeSink<>(new AggregateTable(), lake, pipeline);
    }

    @Override
    public CommittingSinkWriter<T, LakeFile> createWriter(WriterInitContext context) throws IOException {
        Path directory = new Path(new Path(lake.path()), table.name());
        return LakeWriter.create(table, directory, lake, metrics(context.metricGroup()));
    }

    @Override
    public Committer<LakeFile> createCommitter(CommitterInitContext context) {
        return new LakeCommitter(metrics(context.metricGroup()), System::nanoTime);
    }

    private MetricGroup metrics(MetricGroup operator) {
        return WeirMetrics.sink(operator, pipeline, table.name() + "-lake");
    }

    @Override
    public SimpleVersionedSerializer<LakeFile> getCommittableSerializer() {
        return LakeFileSerializer.INSTANCE;
    }
}
