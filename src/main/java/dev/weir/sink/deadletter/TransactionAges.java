package dev.weir.sink.deadletter;

import dev.weir.config.TransactionLife;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Tracks the ages of one writer's transactions that are not committed yet, and fails the execution attempt before one
 * of them expires.
 *
 * <p>The problem: a transaction may grow older than {@link TransactionLife#longest}, because Flink does not count every
 * failed checkpoint, savepoints commit nothing, and a task may take long to restore while another one already writes.
 * When a checkpoint completes whose transaction the broker has aborted, its dead letters are lost, and no restart
 * brings them back.
 *
 * <p>The idea is to fail earlier, at the barrier. The next attempt then starts from the checkpoint before and writes
 * the letters again. The invariant: a checkpoint passes the writer only if each of its uncommitted transactions has
 * time left for that checkpoint and for a restart after it ({@link TransactionLife#mayEnd}). The cost is one comparison
 * per checkpoint for each waiting transaction, and a restart in those rare cases.
 *
 * <p>An age is the greater one by two clocks of the machine. The monotonic clock stops while a virtual machine sleeps,
 * and the wall clock may be set back. A wall clock that is set forward costs a restart.
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

    /** Notes that a letter is about to be written. The broker's transaction begins with the first one. */
    void writing() {
        if (open == null) {
            open = now();
        }
    }

    /** Notes that the open transaction has this id and waits for its checkpoint to complete. */
    void precommitted(String transactionalId) {
        waiting.put(transactionalId, open);
    }

    /** Notes that a new, empty transaction is open. */
    void begun() {
        open = null;
    }

    /**
     * Checks that all transactions outlive the present checkpoint and a restart after it.
     *
     * @param uncommitted ids of the transactions that are not known to be committed
     * @throws IOException if one may not; the execution attempt fails
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
