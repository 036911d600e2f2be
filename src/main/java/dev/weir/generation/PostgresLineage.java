package dev.weir.generation;

import dev.weir.core.series.Generation;
import dev.weir.failure.RefusedException;
import dev.weir.postgres.Connections;
import dev.weir.postgres.SchemaTenants;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Implements {@link Lineage} with the tables {@code weir_runs}, {@code weir_generations} and {@code weir_pipelines}.
 */
final class PostgresLineage implements Lineage {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresLineage.class);

    private final Connections connections;

    PostgresLineage(Connections connections) {
        this.connections = connections;
    }

    @Override
    public Generation admit(Claim claim, Position lakeFence) throws SQLException {
        return connections.inTransaction(connection -> {
            // The lock on the pipeline's row settles claims one after another, and waits for any commit of an older
            // run.
            Position fence = lockedFence(connection, claim.pipeline());
            refuseInAnothersSchema(connection, claim.pipeline());
            if (register(connection, claim)) {
                // Only the operator that registers the run logs this, so that it is logged once.
                Admission.missing(claim, fence, lakeFence, earlierLakePaths(connection, claim))
                        .forEach(LOG::warn);
            }
            Generation generation = allocated(connection, claim);
            return generation == null
                    ? settle(connection, claim, fence.compareTo(lakeFence) >= 0 ? fence : lakeFence)
                    : generation;
        });
    }

    private static Generation settle(Connection connection, Claim claim, Position fence) throws SQLException {
        PipelineHistory history = history(connection, claim, fence);
        Generation kept = Admission.kept(claim, history);
        if (kept != null) {
            return kept;
        }
        Generation next = Admission.next(claim, history);
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO weir_generations (pipeline, generation, run_id, restored_checkpoint_id, without_state)"
                        + " VALUES (?, ?, ?, ?, ?)")) {
            insert.setString(1, claim.pipeline());
            insert.setInt(2, next.number());
            insert.setString(3, claim.runId());
            insert.setLong(4, claim.restoredCheckpointId());
            insert.setBoolean(5, next.startedWithoutState());
            insert.executeUpdate();
        }
        return next;
    }

    private void refuseInAnothersSchema(Connection connection, String pipeline) throws SQLException {
        List<String> others = SchemaTenants.others(connection, pipeline);
        if (!others.isEmpty()) {
            throw new RefusedException(
                    SchemaTenants.refusal(connections.options().schema(), pipeline, others));
        }
    }

    private static Position lockedFence(Connection connection, String pipeline) throws SQLException {
        Position present = presentFence(connection, pipeline);
        if (present != null) {
            return present;
        }
        // When two pipelines start in an empty schema at once, the second has to see the first.
        try (Statement lock = connection.createStatement()) {
            lock.execute("LOCK TABLE weir_pipelines IN SHARE ROW EXCLUSIVE MODE");
        }
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO weir_pipelines (pipeline, generation, checkpoint_id) VALUES (?, 0, 0)"
                        + " ON CONFLICT DO NOTHING")) {
            insert.setString(1, pipeline);
            insert.executeUpdate();
        }
        return presentFence(connection, pipeline);
    }

    /** Locks the pipeline's row and returns its fence, or null if there is no row yet. */
    private static Position presentFence(Connection connection, String pipeline) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT generation, checkpoint_id FROM weir_pipelines WHERE pipeline = ? FOR UPDATE")) {
            select.setString(1, pipeline);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? new Position(row.getInt(1), row.getLong(2)) : null;
            }
        }
    }

    /**
     * Registers the run with the next serial, unless it is registered. Returns whether it was registered now.
     *
     * @throws RefusedException if a newer run is registered
     */
    private static boolean register(Connection connection, Claim claim) throws SQLException {
        boolean registered;
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO weir_runs (pipeline, serial, run_id, lake_path)"
                        + " SELECT ?, coalesce(max(serial), 0) + 1, ?, ? FROM weir_runs WHERE pipeline = ? ON"
                        + " CONFLICT (pipeline, run_id) DO NOTHING")) {
            insert.setString(1, claim.pipeline());
            insert.setString(2, claim.runId());
            insert.setString(3, claim.lakePath());
            insert.setString(4, claim.pipeline());
            registered = insert.executeUpdate() > 0;
        }
        Runs.requireNewest(connection, claim.pipeline(), claim.runId());
        return registered;
    }

    private static Generation allocated(Connection connection, Claim claim) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT generation, without_state FROM weir_generations"
                        + " WHERE pipeline = ? AND run_id = ? AND restored_checkpoint_id = ?")) {
            select.setString(1, claim.pipeline());
            select.setString(2, claim.runId());
            select.setLong(3, claim.restoredCheckpointId());
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? new Generation(row.getInt(1), row.getBoolean(2)) : null;
            }
        }
    }

    private static PipelineHistory history(Connection connection, Claim claim, Position fence) throws SQLException {
        int greatest = greatestGeneration(connection, claim.pipeline());
        return new PipelineHistory(
                Math.max(greatest, fence.generation()), greatest > 0, fence, earlierLakePaths(connection, claim));
    }

    static int greatestGeneration(Connection connection, String pipeline) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT coalesce(max(generation), 0) FROM weir_generations WHERE pipeline = ?")) {
            select.setString(1, pipeline);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    private static Set<String> earlierLakePaths(Connection connection, Claim claim) throws SQLException {
        Set<String> paths = new HashSet<>();
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT lake_path FROM weir_runs WHERE pipeline = ? AND run_id <> ? AND lake_path IS NOT NULL")) {
            select.setString(1, claim.pipeline());
            select.setString(2, claim.runId());
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    paths.add(row.getString(1));
                }
            }
        }
        return paths;
    }
}
