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
 * The connector's committer, measured, and told by the broker what a commit that fails means.
 *
 * <p>After a restart Flink commits once more what the checkpoint holds, though it is committed as a rule. A broker of Kafka 4 refuses
 * that in the same words as a transaction that it has aborted, and the connector takes both for a loss. So the broker is asked
 * before a transaction of a restored checkpoint is committed, and after a commit has failed:
 *
 * <ul>
 *   <li>committed: all is well, and nothing is logged.
 *   <li>aborted: its dead letters are lost, for its checkpoint has completed. The first time the attempt fails, so that the loss stands among
 *       the exceptions of the job; the next attempt counts it as {@link #LETTERS_LOST}, logs an error and goes on: no restart
 *       brings the letters back.
 *   <li>forgotten, after 7 days: a failed commit, with its explanation in the log.
 *   <li>replaced, by another producer of its id: as aborted, if this attempt has written it; else as forgotten.
 *   <li>unknown: whatever the connector makes of it.
 * </ul>
 */
final class DeadLetterCommitter implements Committer<Transaction> {
    /** Dead letters of completed checkpoints whose transactions the broker has aborted; at least one for each transaction. */
    static final String LETTERS_LOST = "lettersLost";

    private final Committer<KafkaCommittable> kafka;
    private final TransactionFates fates;
    private final SinkMetrics metrics;
    private final Counter lettersLost;
    private final long restored;

    /** @param restored the checkpoint that this attempt began with, or less than the first one's id */
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
