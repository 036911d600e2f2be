package dev.weir.generation;

import dev.weir.failure.RefusedException;
import dev.weir.postgres.TransactionCheck;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Lets a transaction go on only if its run is the newest of its pipeline. Newer runs wait until the transaction has
 * ended.
 */
public record NewestRun(String pipeline, String runId) implements TransactionCheck {

    /**
     * Checks that no newer run is registered, and locks newer ones out.
     *
     * @throws RefusedException if a newer run was registered
     */
    @Override
    public void check(Connection connection) throws SQLException {
        Runs.lockAgainstNewer(connection, pipeline);
        Runs.requireNewest(connection, pipeline, runId);
    }
}
