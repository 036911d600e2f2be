package dev.weir.sink.deadletter;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.api.connector.sink2.Committer.CommitRequest;
import org.apache.flink.connector.kafka.sink.KafkaCommittable;
import org.apache.flink.metrics.Counter;
import org.apache.kafka.common.errors.InvalidPidMappingException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Adapts Flink's commit request to the connector's committer, and replaces the connector's verdict on a failed commit
 * with the broker's.
 *
 * <p>The idea: the connector knows only that a commit failed, while the broker still knows the transaction ({@link
 * Fate}). The rules depend on whether the transaction's checkpoint is the one that the execution attempt was restored
 * from:
 * <ul>
 * <li>Restored: the broker is asked before the commit. A committed transaction is done. An aborted one is counted as
 * lost, because no restart brings its letters back. A forgotten one is a failed commit that is only logged.
 * <li>Written by this attempt: the broker is asked after a failure. An aborted transaction fails the attempt, so that
 * the loss is among the job's exceptions. A replaced one is counted as lost at once, because after a restart nobody
 * could tell any more that it was never committed.
 * </ul>
 *
 * <p>The invariant: a letter of a completed checkpoint is either visible, counted in {@link
 * DeadLetterCommitter#LETTERS_LOST}, or in an ERROR line that names its transaction. A transaction that the broker has
 * aborted or forgotten fails the job at most once. The cost is one question per transaction after a restart, and one
 * per failed commit. The states and epochs of a transaction are those of Kafka's KIP-890.
 */
final class TransactionRequest implements CommitRequest<KafkaCommittable> {
    private static final Logger LOG = LoggerFactory.getLogger(TransactionRequest.class);

    private static final Pattern CHECKPOINT = Pattern.compile("-([0-9]{1,18})$");

    private final CommitRequest<Transaction> flink;
    private final TransactionFates fates;
    private final Counter lettersLost;
    private final boolean restored;
    private boolean retried;
    private boolean failed;
    private boolean committedBefore;

    /**
     * Adapts the request.
     *
     * @param restoredCheckpoint the id of the checkpoint that this execution attempt started from
     */
    TransactionRequest(
            CommitRequest<Transaction> flink, TransactionFates fates, Counter lettersLost, long restoredCheckpoint) {
        this.flink = flink;
        this.fates = fates;
        this.lettersLost = lettersLost;
        this.restored = checkpoint() <= restoredCheckpoint;
    }

    /**
     * Returns the checkpoint's id. The connector names the transaction of a checkpoint {@code
     * <prefix>-<subtask>-<checkpoint>}; any other name counts as an old checkpoint's.
     */
    private long checkpoint() {
        Matcher name = CHECKPOINT.matcher(getCommittable().getTransactionalId());
        return name.find() ? Long.parseLong(name.group(1)) : Long.MIN_VALUE;
    }

    /**
     * Returns whether nothing is left to commit. The broker has to be asked only for transactions of a restored
     * checkpoint.
     */
    boolean isDecided() {
        if (!restored) {
            return false;
        }
        Fate fate = fates.of(getCommittable());
        switch (fate) {
            case COMMITTED -> alreadyCommitted();
            case ABORTED -> lost(new LostLettersException(flink.getCommittable()));
            case FORGOTTEN -> forgotten(new InvalidPidMappingException("the broker does not know it"));
            case OPEN, REPLACED, UNKNOWN -> {
                return false;
            }
        }
        return true;
    }

    /** Returns how many letters became visible by this commit. */
    long letters() {
        return isOutside() && !committedBefore ? flink.getCommittable().letters() : 0;
    }

    boolean isOutside() {
        return !failed && !retried;
    }

    boolean isRetried() {
        return retried;
    }

    @Override
    public KafkaCommittable getCommittable() {
        return flink.getCommittable().kafka();
    }

    @Override
    public int getNumberOfRetries() {
        return flink.getNumberOfRetries();
    }

    /** Handles the connector's known failures: fenced, in the wrong state, or of an unknown producer. */
    @Override
    public void signalFailedWithKnownReason(Throwable reason) {
        Fate fate = fates.of(getCommittable());
        if (fate == Fate.COMMITTED) {
            alreadyCommitted();
        } else if (fate == Fate.ABORTED) {
            lost(new LostLettersException(flink.getCommittable(), reason));
        } else if (fate == Fate.REPLACED && !restored) {
            // Nobody else has committed it. After a restart nobody could tell that any more, so it is counted now.
            countedAsLost(new LostLettersException(flink.getCommittable(), reason));
        } else {
            failed = true;
            LOG.error(
                    "The broker did not commit transaction {} (it is {} now). If its job committed it before, for example before"
                            + " a restart, its {} dead letters are in the topic; otherwise they are lost",
                    getCommittable().getTransactionalId(),
                    fate.name().toLowerCase(Locale.ROOT),
                    flink.getCommittable().letters());
            flink.signalFailedWithKnownReason(reason);
        }
    }

    @Override
    public void signalFailedWithUnknownReason(Throwable reason) {
        if (reason instanceof InvalidPidMappingException) {
            forgotten(reason);
        } else {
            failed = true;
            flink.signalFailedWithUnknownReason(reason);
        }
    }

    private void alreadyCommitted() {
        committedBefore = true;
        flink.signalAlreadyCommitted();
    }

    /**
     * Signals a failed commit that does not fail the job. A job that stops with a savepoint commits the savepoint's
     * transactions, so a start from it after {@code transactional.id.expiration.ms} must continue. The connector would
     * fail the job, at this and every later try.
     */
    private void forgotten(Throwable reason) {
        failed = true;
        LOG.error(
                "The broker does not know transaction {} any more. Its dead letters are in the topic if the job"
                        + " that wrote the state has committed it, as a job that stops with a savepoint does; otherwise they are lost",
                getCommittable().getTransactionalId());
        flink.signalFailedWithKnownReason(reason);
    }

    private void lost(LostLettersException loss) {
        if (!restored) {
            failed = true;
            flink.signalFailedWithUnknownReason(loss);
            return;
        }
        countedAsLost(loss);
    }

    private void countedAsLost(LostLettersException loss) {
        failed = true;
        LOG.error("{}", loss.getMessage());
        lettersLost.inc(Math.max(1, flink.getCommittable().letters()));
        flink.signalFailedWithKnownReason(loss);
    }

    @Override
    public void retryLater() {
        retried = true;
        flink.retryLater();
    }

    @Override
    public void updateAndRetryLater(KafkaCommittable changed) {
        retried = true;
        flink.updateAndRetryLater(
                new Transaction(changed, flink.getCommittable().letters()));
    }

    @Override
    public void signalAlreadyCommitted() {
        alreadyCommitted();
    }

    /** Returns the text with which the connector names it in its log. */
    @Override
    public String toString() {
        return getCommittable().getTransactionalId() + ", dead letters: "
                + flink.getCommittable().letters();
    }
}
