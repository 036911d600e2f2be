package dev.weir.sink.postgres;

import dev.weir.core.model.Aggregate;
import dev.weir.postgres.Years;
import java.io.Closeable;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** What most write: batches of the same guarded upsert, which the driver rewrites to inserts of many rows, each batch committed. */
public final class JdbcUpserts implements Closeable {
    private final Connection connection;
    private final int batchRows;

    public JdbcUpserts(String url, String user, String password, int batchRows) throws SQLException {
        this.connection = DriverManager.getConnection(url + "?reWriteBatchedInserts=true", user, password);
        this.batchRows = batchRows;
    }

    /** The rows, each key once, are in the table. */
    public void commit(List<Aggregate> rows) throws SQLException {
        connection.setAutoCommit(true);
        Collection<Integer> years = rows.stream().map(AggregateUpsert::year).collect(Collectors.toSet());
        Years.ensure(connection, years);
        connection.setAutoCommit(false);
        try (PreparedStatement statement = connection.prepareStatement(AggregateUpsert.ONE_ROW)) {
            int pending = 0;
            for (Aggregate row : rows) {
                AggregateUpsert.bind(statement, row);
                statement.addBatch();
                if (++pending == batchRows) {
                    statement.executeBatch();
                    connection.commit();
                    pending = 0;
                }
            }
            statement.executeBatch();
            connection.commit();
        }
    }

    @Override
    public void close() throws IOException {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }
}
