package dev.weir.sink.postgres;

import java.sql.SQLException;
import org.postgresql.util.PSQLState;

/**
 * Decides whether a transaction copies its first rows, those of windows that are shown for the first time, straight
 * into the table. That costs the server half as much as the guarded insert, but a single key that is there already
 * undoes the whole transaction. After each failure the direct copy pauses, twice as long as before; each success halves
 * the next pause.
 */
final class DirectCopyPolicy {
    /** Of transactions with first rows: where all are there already, as when a history is read again, a sixty-fifth is written twice. */
    private static final int LONGEST_PAUSE = 64;

    private int pause;
    private int toWait;

    /** Returns whether to copy directly now. To be asked once for every transaction with first rows; its outcome is to be reported. */
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

    /**
     * Whether the guarded insert may succeed all the same: a key was there, or the table is one that COPY must not
     * write (row security).
     */
    static boolean isBarred(SQLException e) {
        String state = e.getSQLState();
        return PSQLState.UNIQUE_VIOLATION.getState().equals(state)
                || PSQLState.NOT_IMPLEMENTED.getState().equals(state);
    }
}
