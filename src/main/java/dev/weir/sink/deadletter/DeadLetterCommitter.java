package dev.weir.sink.deadletter;

import dev.weir.metrics.SinkMetrics;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.connector.kafka.sink.KafkaCommittable;
import org.apache.flink.metrics.Counter;

/**
 * Commits transactions with the connector's committer, measures that, and asks the broker what a failed commit means.
 *
 * <p>After a restart Flink commits the transactions of the restored checkpoint once more, although they usually are
 * committed. A broker of Kafka 4 refuses that with the same error as for a transaction that it has aborted, and the
 * connector treats both as a loss. So the broker is asked for a transaction's fate before a transaction of a restored
 * checkpoint is committed, and after a commit has failed:
 * <ul>
 * <li>committed: nothing is lost, and nothing is logged.
 * <li>aborted: its dead letters are lost, because its checkpoint has completed. The first time, the execution attempt
 * fails, so that the loss is among the job's exceptions. The next attempt counts it as {@link #LETTERS_LOST}, logs an
 * error and continues, since no restart brings the letters back.
 * <li>forgotten, after 7 days: the commit counts as failed, and the log explains it.
 * <li>replaced by another producer with its id: its letters are counted as lost if this attempt has written it;
 * otherwise as forgotten.
 * <li>unknown: the connector's own handling applies.
 * </ul>
 */
final class DeadLetterCommitter implements Committer<Transaction> {
    /**
     * Dead letters of completed checkpoints whose transactions the broker has aborted; at least one for each
     * transaction.
     */
    static final String LETTERS_LOST = "lettersLost";

    private final Committer<KafkaCommittable> kafka;
    private final TransactionFates fates;
    private final SinkMetrics metrics;
    private final Counter lettersLost;
    private final long restored;

    /**
     * Creates the committer.
     *
     * @param restored the checkpoint that this execution attempt started from, or a number below the first checkpoint's
     *     id
     */
    DeadLetterCommitter(
            Committer<KafkaCommittable> kafka,
            TransactionFates fates,
            SinkMetrics metrics,
            Counter lettersLost,
            long restored) {
        this.kafka = kafka;
        this.fates = fates;
        this.metrics = metrics;
        this.lettersLost = lettersLost;
        this.restored = restored;
    }

    @Override
    public void commit(Collection<CommitRequest<Transaction>> requests) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        List<TransactionRequest> adapted = requests.stream()
                .map(flink -> new TransactionRequest(flink, fates, lettersLost, restored))
                .toList();
        List<CommitRequest<KafkaCommittable>> open = new ArrayList<>();
        for (TransactionRequest request : adapted) {
            if (!request.isDecided()) {
                open.add(request);
            }
        }
        kafka.commit(open);
        long letters = 0;
        boolean all = true;
        for (TransactionRequest request : adapted) {
            letters += request.letters();
            all &= request.isOutside();
            if (request.isRetried()) {
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
}
