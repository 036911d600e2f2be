package dev.weir.sink.lake;

import dev.weir.config.WeirConfig;
import dev.weir.config.WeirOptions;
import dev.weir.core.model.Aggregate;
import dev.weir.core.model.Origin;
import dev.weir.core.model.Reading;
import dev.weir.core.model.SeriesKey;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.connector.sink2.Committer.CommitRequest;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;

/** One subtask of the lake sink, driven by hand: what it hands over is serialized as a checkpoint would. */
final class LakeHarness<T> implements AutoCloseable {
    final LakeWriter<T> writer;
    final LakeCommitter committer;

    LakeHarness(LakeTable<T> table, WeirConfig.Lake lake, MetricGroup metrics) throws IOException {
        org.apache.flink.core.fs.Path directory = new org.apache.flink.core.fs.Path(lake.path() + "/" + table.name());
        writer = LakeWriter.create(table, directory, lake, metrics);
        committer = new LakeCommitter(metrics, System::nanoTime);
    }

    static LakeHarness<Reading> readings(Path lake) throws IOException {
        return readings(config(lake, 64));
    }

    static LakeHarness<Reading> readings(WeirConfig.Lake lake) throws IOException {
        return new LakeHarness<>(new ReadingTable(), lake, new UnregisteredMetricsGroup());
    }

    static LakeHarness<Aggregate> aggregates(Path lake) throws IOException {
        return new LakeHarness<>(new AggregateTable(), config(lake, 64), new UnregisteredMetricsGroup());
    }

    static WeirConfig.Lake config(Path lake, int maxOpenFiles) {
        return new WeirConfig.Lake(lake.toString(), WeirOptions.Compression.ZSTD, maxOpenFiles);
    }

    @SafeVarargs
    final LakeHarness<T> write(T... rows) throws IOException {
        return write(List.of(rows));
    }

    LakeHarness<T> write(Collection<T> rows) throws IOException {
        for (T row : rows) {
            writer.write(row, null);
        }
        return this;
    }

    /** What the barrier takes along: the committables, through their serializer. */
    List<LakeFile> checkpoint() throws IOException {
        writer.flush(false);
        List<LakeFile> restored = new ArrayList<>();
        for (LakeFile file : writer.prepareCommit()) {
            byte[] bytes = LakeFileSerializer.INSTANCE.serialize(file);
            restored.add(LakeFileSerializer.INSTANCE.deserialize(LakeFileSerializer.INSTANCE.getVersion(), bytes));
        }
        return restored;
    }

    /** The checkpoint has completed. @return the requests, for what became of them */
    List<Request> commit(List<LakeFile> files) throws IOException {
        List<Request> requests = files.stream().map(Request::new).toList();
        committer.commit(List.copyOf(requests));
        return requests;
    }

    void checkpointAndCommit() throws IOException {
        commit(checkpoint());
    }

    @Override
    public void close() {
        writer.close();
        committer.close();
    }

    static long micros(String instant) {
        Instant parsed = Instant.parse(instant);
        return parsed.getEpochSecond() * 1_000_000L + parsed.getNano() / 1_000L;
    }

    static Reading reading(String instant, double value) {
        return reading(micros(instant), value);
    }

    static Reading reading(long eventTimeMicros, double value) {
        SeriesKey series = new SeriesKey("s1", "temperature");
        Origin origin = new Origin("sensors", 3, 42, 1_700_000_000_000L);
        return new Reading(series, eventTimeMicros, value, "Cel", "roof", 0, origin, null, null, 1);
    }

    /** Flink's request, as its committer sees it. */
    static final class Request implements CommitRequest<LakeFile> {
        private final LakeFile file;
        int retries;
        boolean retryLater;

        Request(LakeFile file) {
            this.file = file;
        }

        @Override
        public LakeFile getCommittable() {
            return file;
        }

        @Override
        public int getNumberOfRetries() {
            return retries;
        }

        @Override
        public void retryLater() {
            retries++;
            retryLater = true;
        }

        @Override
        public void signalFailedWithKnownReason(Throwable reason) {
            throw new AssertionError("a file must never be given up", reason);
        }

        @Override
        public void signalFailedWithUnknownReason(Throwable reason) {
            throw new AssertionError("a file must never be given up", reason);
        }

        @Override
        public void updateAndRetryLater(LakeFile changed) {
            throw new AssertionError("a committable never changes");
        }

        @Override
        public void signalAlreadyCommitted() {}
    }
}
