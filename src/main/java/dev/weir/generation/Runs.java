package dev.weir.generation;

import dev.weir.failure.RefusedException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientException;

/** Decides which run of a pipeline may write: the newest. */
public final class Runs {
    /** An SQLSTATE that callers take as transient, so that they try again soon. */
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    /**
     * Checks that no run was registered after this one. In a transaction that has locked the pipeline's row ({@link
     * #lockAgainstNewer}) that stays true until the transaction ends.
     *
     * @throws RefusedException if a newer run was registered
     * @throws SQLTransientException if this run is not registered yet: its operators start one by one, and the first of
     *     them to settle its generation will register it
     */
    public static void requireNewest(Connection connection, String pipeline, String runId) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT run_id, (SELECT serial FROM weir_runs WHERE pipeline = ? AND run_id = ?) AS own_serial"
                        + " FROM weir_runs WHERE pipeline = ? ORDER BY serial DESC LIMIT 1")) {
            select.setString(1, pipeline);
            select.setString(2, runId);
            select.setString(3, pipeline);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next() || row.getObject("own_serial") == null) {
                    throw new SQLTransientException(
                            "weir_runs: run " + runId + " of pipeline " + pipeline + " is not registered yet",
                            LOCK_NOT_AVAILABLE);
                }
                if (!row.getString("run_id").equals(runId)) {
                    throw new RefusedException(
                            "weir.pipeline: another job of pipeline " + pipeline
                                    + " was started after this one (run " + row.getString("run_id") + " after " + runId
                                    + "), and only the newest may write. If both are wanted, give each a weir.pipeline of its own");
                }
            }
        }
    }

    /**
     * Locks the pipeline's row, so that no newer run can be registered until the transaction ends. Transactions of one
     * run do not wait for each other.
     */
    public static void lockAgainstNewer(Connection connection, String pipeline) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT 1 FROM weir_pipelines WHERE pipeline = ? FOR KEY SHARE")) {
            select.setString(1, pipeline);
            select.executeQuery().close();
        }
    }

    private Runs() {}
}
