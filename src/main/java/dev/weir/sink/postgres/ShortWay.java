package dev.weir.sink.postgres;

import java.sql.SQLException;
import org.postgresql.util.PSQLState;

/**
 * Whether rows whose windows are shown for the first time go straight into the table: at half of the server's cost, but a single key that is
 * there already undoes the whole transaction. After each time in vain it is left out for a while, twice as long as before; after each
 * success the next time in vain costs half as long a while.
 */
final class ShortWay {
    /** Of transactions with first rows: where all are there already, as in a second run over a history, a sixty-fifth is written twice. */
    private static final int LONGEST_PAUSE = 64;

    private int pause;
    private int toWait;

    /** To be asked once for every transaction with first rows; whether it arrived or was in vain is to be said then. */
    boolean tryNow() {
        if (toWait > 0) {
            toWait--;
            return false;
        }
        return true;
    }

    void arrived() {
        pause /= 2;
    }

    void inVain() {
        pause = Math.min(LONGEST_PAUSE, Math.max(1, 2 * pause));
        toWait = pause;
    }

    /** Whether the guarded insert may succeed all the same: a key was there, or the table is one that COPY must not write (row security). */
    static boolean isBarred(SQLException e) {
        String state = e.getSQLState();
        return PSQLState.UNIQUE_VIOLATION.getState().equals(state)
                || PSQLState.NOT_IMPLEMENTED.getState().equals(state);
    }
}
