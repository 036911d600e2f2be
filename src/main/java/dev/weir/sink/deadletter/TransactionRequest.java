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

/** Flink's request as the connector's committer takes it; what the connector calls failed is what the broker says that it is. */
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

    /** @param restoredCheckpoint the id of the checkpoint that this attempt began with */
    TransactionRequest(
            CommitRequest<Transaction> flink, TransactionFates fates, Counter lettersLost, long restoredCheckpoint) {
        this.flink = flink;
        this.fates = fates;
        this.lettersLost = lettersLost;
        this.restored = checkpoint() <= restoredCheckpoint;
    }

    /** The connector names the transaction of a checkpoint {@code <prefix>-<subtask>-<checkpoint>}; another name counts as of an old one. */
    private long checkpoint() {
        Matcher name = CHECKPOINT.matcher(getCommittable().getTransactionalId());
        return name.find() ? Long.parseLong(name.group(1)) : Long.MIN_VALUE;
    }

    /** Whether there is nothing to commit any more. Only of a restored checkpoint's the broker has to be asked beforehand. */
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

    /** How many letters have become visible by this commit. */
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

    /** The connector's: fenced, in the wrong state, or of an unknown producer. */
    @Override
    public void signalFailedWithKnownReason(Throwable reason) {
        Fate fate = fates.of(getCommittable());
        if (fate == Fate.COMMITTED) {
            alreadyCommitted();
        } else if (fate == Fate.ABORTED) {
            lost(new LostLettersException(flink.getCommittable(), reason));
        } else if (fate == Fate.REPLACED && !restored) {
            // Nobody else has committed it, and after a restart that could not be told any more: so it is counted now.
            countedAsLost(new LostLettersException(flink.getCommittable(), reason));
        } else {
            failed = true;
            LOG.error(
                    "The broker did not commit transaction {} (it is {} now). If its job has committed it before, as before"
                            + " a restart, its {} dead letters are in the topic; else they are lost",
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
     * A job that stops with a savepoint commits what is in it. A start from it after {@code transactional.id.expiration.ms} goes on: the
     * connector itself would fail the job, now and at each further try.
     */
    private void forgotten(Throwable reason) {
        failed = true;
        LOG.error(
                "The broker does not know transaction {} any more. Its dead letters are in the topic if the job"
                        + " that wrote the state has committed it, as one does that stops with a savepoint; else they are lost",
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

    /** As the connector names it in its log. */
    @Override
    public String toString() {
        return getCommittable().getTransactionalId() + ", dead letters: "
                + flink.getCommittable().letters();
    }
}
