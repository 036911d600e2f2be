package dev.weir.generation;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Which run of a pipeline may write: the newest. */
public final class Runs {

    /**
     * Returns normally if no run was registered after this one. In a transaction that has locked the pipeline's row ({@link
     * #lockAgainstNewer}), that stays so until it ends.
     *
     * @throws RefusedException if a newer one was
     */
    public static void requireNewest(Connection connection, String pipeline, String runId) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT run_id FROM weir_runs WHERE pipeline = ? ORDER BY serial DESC LIMIT 1")) {
            select.setString(1, pipeline);
            try (ResultSet row = select.executeQuery()) {
                if (row.next() && !row.getString(1).equals(runId)) {
                    throw new RefusedException(
                            "weir.pipeline: another job of pipeline " + pipeline
                                    + " was started after this one (run " + row.getString(1) + " after " + runId
                                    + "), and only the newest may write. If both are wanted, give each a weir.pipeline of its own");
                }
            }
        }
    }

    /** Until the transaction ends no newer run can be registered. Transactions of one run do not wait for each other. */
    public static void lockAgainstNewer(Connection connection, String pipeline) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT 1 FROM weir_pipelines WHERE pipeline = ? FOR KEY SHARE")) {
            select.setString(1, pipeline);
            select.executeQuery().close();
        }
    }

    private Runs() {}
}
