package dev.weir.sink.deadletter;

import dev.weir.config.TransactionLife;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * How old the transactions of one writer are that are not committed yet.
 *
 * <p>A transaction may be older than {@link TransactionLife#longest}: Flink does not count each failure of a checkpoint, savepoints commit
 * nothing, and a task may take long to restore while another one already writes. When a checkpoint completes whose transaction the broker has
 * aborted, the dead letters in it are lost, and no restart brings them back. So the attempt fails before, at the barrier: the next
 * one begins at the checkpoint before, and writes them again.
 *
 * <p>Ages are those of the two clocks of the machine, whichever says more: one does not run while a virtual machine sleeps, the other may be
 * set back. A clock that is set forward costs a restart.
 */
final class TransactionAges {
    private final TransactionLife life;
    private final LongSupplier nanoTime;
    private final LongSupplier wallMillis;
    private final Map<String, Moment> waiting = new HashMap<>();
    private Moment open;

    private record Moment(long nanos, long wallMillis) {}

    TransactionAges(TransactionLife life, LongSupplier nanoTime, LongSupplier wallMillis) {
        this.life = life;
        this.nanoTime = nanoTime;
        this.wallMillis = wallMillis;
    }

    /** A letter is about to be written: the broker's transaction begins with the first. */
    void writing() {
        if (open == null) {
            open = now();
        }
    }

    /** The open transaction has this id, and waits for its checkpoint to complete. */
    void precommitted(String transactionalId) {
        waiting.put(transactionalId, open);
    }

    /** The next transaction is empty. */
    void begun() {
        open = null;
    }

    /**
     * Returns normally if all transactions outlive the checkpoint that is passing, and a restart after it.
     *
     * @param uncommitted ids of the transactions that are not known to be committed
     * @throws IOException so that the attempt fails
     */
    void requireYoung(Set<String> uncommitted) throws IOException {
        waiting.keySet().retainAll(uncommitted);
        Duration oldest = waiting.values().stream()
                .map(this::age)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
        if (life.mayEnd(oldest)) {
            throw new IOException("weir.kafka.properties." + TransactionLife.PROPERTY + " is "
                    + life.timeout().toMillis() + ", a transaction of dead letters is " + oldest.toMillis()
                    + " ms old, and this checkpoint and a restart may take "
                    + life.checkpointTimeout().plus(life.restart()).toMillis()
                    + " ms more: the broker might abort it, and its dead letters would be lost. So the job restarts from the"
                    + " checkpoint before and writes them again. If that repeats itself, look for why checkpoints fail, or "
                    + life.cure() + ", or raise the property");
        }
    }

    private Moment now() {
        return new Moment(nanoTime.getAsLong(), wallMillis.getAsLong());
    }

    private Duration age(Moment begin) {
        Duration steady = Duration.ofNanos(nanoTime.getAsLong() - begin.nanos());
        Duration wall = Duration.ofMillis(wallMillis.getAsLong() - begin.wallMillis());
        return steady.compareTo(wall) > 0 ? steady : wall;
    }
}
