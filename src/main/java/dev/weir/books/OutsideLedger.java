package dev.weir.books;

import dev.weir.config.WeirConfig;
import dev.weir.core.model.Counter;
import dev.weir.core.model.Tally;
import dev.weir.generation.Position;
import dev.weir.generation.Run;
import dev.weir.generation.Runs;
import dev.weir.postgres.Connections;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;

/**
 * Implements {@link Ledger} with the tables {@code weir_books}, {@code weir_files} and {@code weir_pipelines}, if there is a database, and
 * with the fence of the outputs.
 */
final class OutsideLedger implements Ledger {
    private static final String BOOKS =
            "INSERT INTO weir_books (pipeline, generation, counter, value, checkpoint_id) VALUES (?, ?, ?, ?, ?)"
                    + " ON CONFLICT (pipeline, generation, counter) DO UPDATE"
                    + " SET value = excluded.value, checkpoint_id = excluded.checkpoint_id"
                    + " WHERE weir_books.checkpoint_id < excluded.checkpoint_id";
    private static final String FENCE =
            "UPDATE weir_pipelines SET generation = ?, checkpoint_id = ?, updated_at = now()"
                    + " WHERE pipeline = ? AND (generation, checkpoint_id) < (?, ?)";

    private final Run run;
    private final Connections connections;
    private final FilesTable filesTable;

    OutsideLedger(Run run) {
        this(run, InstantSource.system());
    }

    OutsideLedger(Run run, InstantSource clock) {
        WeirConfig config = run.config();
        this.run = run;
        connections = config.postgres() == null ? null : new Connections(config.postgres(), config.pipeline());
        filesTable = connections == null ? null : new FilesTable(config, connections, clock);
    }

    @Override
    public void write(Position position, Tally totals, List<FinishedFile> files) throws SQLException, IOException {
        if (connections != null) {
            Collection<FinishedFile> rows = filesTable.prepare(files);
            connections.inTransaction(connection -> {
                Runs.lockAgainstNewer(connection, run.config().pipeline());
                Runs.requireNewest(connection, run.config().pipeline(), run.id());
                writeBooks(connection, position, totals);
                filesTable.write(connection, position, rows);
                raiseFence(connection, position);
                return null;
            });
            filesTable.dropOldDays();
        }
        run.fence().raise(position);
    }

    private void writeBooks(Connection connection, Position position, Tally totals) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(BOOKS)) {
            for (Counter counter : Counter.values()) {
                insert.setString(1, run.config().pipeline());
                insert.setInt(2, position.generation());
                insert.setString(3, counter.label());
                insert.setLong(4, totals.get(counter));
                insert.setLong(5, position.checkpointId());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private void raiseFence(Connection connection, Position position) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(FENCE)) {
            update.setInt(1, position.generation());
            update.setLong(2, position.checkpointId());
            update.setString(3, run.config().pipeline());
            update.setInt(4, position.generation());
            update.setLong(5, position.checkpointId());
            update.executeUpdate();
        }
    }
}
