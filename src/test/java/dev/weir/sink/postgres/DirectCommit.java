package dev.weir.sink.postgres;

import dev.weir.config.WeirConfig;
import dev.weir.core.model.Aggregate;
import dev.weir.postgres.Connections;
import dev.weir.postgres.TransactionCheck;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The way of rows from the open epoch into the table, as one subtask takes it, but without Flink. */
public final class DirectCommit implements Closeable {
    private final CommitSettings settings;
    private final SortedRowsStore store;
    private final PartCommitter committer;

    public DirectCommit(WeirConfig.Postgres options, Path local) {
        settings = CommitSettings.of(options.maxPendingBytes());
        store = new SortedRowsStore(local, settings.heapBytes());
        committer =
                new PartCommitter(new CopyCommitter(new Connections(options, "bench"), TransactionCheck.NONE), options);
    }

    /** The rows, one epoch, are in the table; returns how many keys they have. */
    public long commit(List<Aggregate> rows) throws Exception {
        PendingBatches pending = new PendingBatches(new EpochBuffer(store, settings.heapBytes()));
        for (Aggregate row : rows) {
            pending.add(row);
        }
        pending.seal(1);
        pending.complete(1);
        PendingBatches.Work work = pending.take();
        long count = committer.commit(work);
        pending.acknowledge(work);
        return count;
    }

    @Override
    public void close() throws IOException {
        committer.abort();
        store.close();
    }
}
