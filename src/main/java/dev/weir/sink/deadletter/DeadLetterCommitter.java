package dev.weir.sink.deadletter;

import dev.weir.flink.SinkMetrics;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.connector.kafka.sink.KafkaCommittable;

/**
 * The connector's committer, measured. What it gives up (a transaction that the broker has aborted: loss) counts as no commit here, and
 * in Flink's {@code numCommittablesFailure}.
 */
final class DeadLetterCommitter implements Committer<Transaction> {
    private final Committer<KafkaCommittable> kafka;
    private final SinkMetrics metrics;

    DeadLetterCommitter(Committer<KafkaCommittable> kafka, SinkMetrics metrics) {
        this.kafka = kafka;
        this.metrics = metrics;
    }

    @Override
    public void commit(Collection<CommitRequest<Transaction>> requests) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        List<Request> adapted = requests.stream().map(Request::new).toList();
        kafka.commit(List.copyOf(adapted));
        long letters = 0;
        boolean all = true;
        for (Request request : adapted) {
            letters += request.committed ? request.flink.getCommittable().letters() : 0;
            all &= request.committed;
            if (request.retried) {
                metrics.retried();
            }
        }
        metrics.committed(letters, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
        if (all) {
            metrics.caughtUp();
        }
    }

    @Override
    public void close() throws Exception {
        kafka.close();
    }

    /** Flink's request as the connector's committer takes it. */
    private static final class Request implements CommitRequest<KafkaCommittable> {
        private final CommitRequest<Transaction> flink;
        private boolean committed = true;
        private boolean retried;

        Request(CommitRequest<Transaction> flink) {
            this.flink = flink;
        }

        @Override
        public KafkaCommittable getCommittable() {
            return flink.getCommittable().kafka();
        }

        @Override
        public int getNumberOfRetries() {
            return flink.getNumberOfRetries();
        }

        @Override
        public void signalFailedWithKnownReason(Throwable reason) {
            committed = false;
            flink.signalFailedWithKnownReason(reason);
        }

        @Override
        public void signalFailedWithUnknownReason(Throwable reason) {
            committed = false;
            flink.signalFailedWithUnknownReason(reason);
        }

        @Override
        public void retryLater() {
            committed = false;
            retried = true;
            flink.retryLater();
        }

        @Override
        public void updateAndRetryLater(KafkaCommittable changed) {
            committed = false;
            retried = true;
            flink.updateAndRetryLater(
                    new Transaction(changed, flink.getCommittable().letters()));
        }

        @Override
        public void signalAlreadyCommitted() {
            flink.signalAlreadyCommitted();
        }
    }
}
