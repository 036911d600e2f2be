package dev.weir.sink.postgres;

import java.sql.SQLException;
import org.postgresql.util.PSQLState;

/**
 * Decides whether a transaction copies its first rows, those of windows that are emitted for the first time, straight into the table. That
 * costs the server half as much as the guarded insert, but a single existing key undoes the whole transaction. Direct copies pause after
 * each failure, twice as long as before. Each success halves the next pause.
 */
final class DirectCopyPolicy {
    /**
     * Longest pause, counted in transactions with first rows. If all their keys exist, as when a history is read again, one transaction in
     * 65 is written twice.
     */
    private static final int LONGEST_PAUSE = 64;

    private int pause;
    private int toWait;

    /**
     * Returns whether to copy directly now. Must be called once for every transaction with first rows. The caller reports the outcome of a
     * direct copy.
     */
    boolean tryNow() {
        if (toWait > 0) {
            toWait--;
            return false;
        }
        return true;
    }

    void succeeded() {
        pause /= 2;
    }

    void failed() {
        pause = Math.min(LONGEST_PAUSE, Math.max(1, 2 * pause));
        toWait = pause;
    }

    /** Returns whether the guarded insert may succeed nevertheless: a key exists, or COPY may not write to the table (row security). */
    static boolean isBarred(SQLException e) {
        String state = e.getSQLState();
        return PSQLState.UNIQUE_VIOLATION.getState().equals(state)
                || PSQLState.NOT_IMPLEMENTED.getState().equals(state);
    }
}
