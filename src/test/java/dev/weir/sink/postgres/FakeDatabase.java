package dev.weir.sink.postgres;

import dev.weir.core.model.Aggregate;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** A database that keeps the guard and fails as it is told. It crosses no process: its state is transient. */
final class FakeDatabase implements BatchCommitter.Factory {
    private static final long serialVersionUID = 1L;

    final transient Map<RowKey, Aggregate> rows = new ConcurrentHashMap<>();
    final transient AtomicInteger commits = new AtomicInteger();
    final transient AtomicInteger attempts = new AtomicInteger();
    transient volatile boolean away;
    transient volatile boolean losesAcknowledgements;
    transient volatile RuntimeException fatal;
    /** While it is set a commit hangs, before it writes. */
    transient volatile CountDownLatch gate;

    @Override
    public BatchCommitter create(boolean restored) {
        Semaphore aborted = new Semaphore(0);
        return new BatchCommitter() {
            @Override
            public long commit(PendingBatches.Work work) throws TransientCommitException, IOException {
                attempts.incrementAndGet();
                pass(aborted);
                if (fatal != null) {
                    throw fatal;
                }
                if (away) {
                    throw new TransientCommitException("away", null);
                }
                long count = 0;
                try (RowStream stream = work.rows()) {
                    for (Aggregate row = stream.next(); row != null; row = stream.next()) {
                        rows.merge(RowKey.of(row), row, AggregateOrder::greater);
                        count++;
                    }
                }
                commits.incrementAndGet();
                if (losesAcknowledgements) {
                    losesAcknowledgements = false;
                    throw new TransientCommitException("the connection broke after the commit", null);
                }
                return count;
            }

            @Override
            public void abort() {
                aborted.release();
            }
        };
    }

    List<String> sensors() {
        return rows.values().stream()
                .map(row -> row.series().sensorId())
                .sorted()
                .toList();
    }

    private void pass(Semaphore aborted) throws TransientCommitException {
        CountDownLatch latch = gate;
        if (latch == null) {
            return;
        }
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new TransientCommitException("aborted", e);
        }
        if (aborted.tryAcquire()) {
            throw new TransientCommitException("aborted", null);
        }
    }
}
