package dev.weir.sink.postgres;

import dev.weir.postgres.Connections;
import java.sql.Connection;
import java.sql.SQLException;
import org.apache.flink.connector.jdbc.datasource.connections.JdbcConnectionProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Adapts {@link Connections} to the connector, which uses one connection at a time and keeps it until it asks for another. */
final class ConnectorConnections implements JdbcConnectionProvider {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(ConnectorConnections.class);
    private static final int VALIDITY_TIMEOUT_SECONDS = 5;

    private final Connections connections;
    private transient Connection connection;
    private transient BatchMetrics metrics;

    ConnectorConnections(Connections connections) {
        this.connections = connections;
    }

    /** Sets the metrics. Must be called before the first connection is opened. */
    void measuredBy(BatchMetrics batches) {
        metrics = batches;
    }

    /** Ends silent sessions that block a batch. Called when the connector has given up the batch and the job will restart. */
    void endSilentAfter(Throwable failure) {
        for (Throwable t = failure; t != null && connection != null; t = t.getCause()) {
            if (t instanceof SQLException e) {
                connections.endSilentAfter(e, connection);
                return;
            }
        }
    }

    @Override
    public Connection getConnection() {
        return connection;
    }

    @Override
    public boolean isConnectionValid() throws SQLException {
        return connection != null && connection.isValid(VALIDITY_TIMEOUT_SECONDS);
    }

    @Override
    public Connection getOrEstablishConnection() throws SQLException {
        if (!isConnectionValid()) {
            closeConnection();
            connection = metrics.measured(connections.openForBatches());
        }
        return connection;
    }

    @Override
    public void closeConnection() {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException e) {
                LOG.debug("cannot close a connection to PostgreSQL", e);
            }
            connection = null;
        }
    }

    @Override
    public Connection reestablishConnection() throws SQLException {
        closeConnection();
        return getOrEstablishConnection();
    }

    @Override
    public void close() {
        closeConnection();
    }
}
