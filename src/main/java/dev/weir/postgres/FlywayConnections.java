package dev.weir.postgres;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Gives Flyway its data source. Its sessions search only pg_catalog, although Flyway asks for the schema to be first on
 * the search path. Flyway's own queries call operators and functions by their bare names, so a role that may create in
 * the schema could have its code run as the migrating role. Flyway's table and Weir's scripts are written with their
 * schema, so nothing needs the path.
 */
final class FlywayConnections extends PGSimpleDataSource {
    private static final long serialVersionUID = 1L;

    private final Connections connections;

    FlywayConnections(Connections connections) {
        this.connections = connections;
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = connections.open();
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET search_path = pg_catalog, pg_temp");
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
        return KeptPath.of(connection);
    }

    /** Wraps a connection so that Flyway cannot change its search path. */
    private static final class KeptPath {
        /** The statement with which Flyway changes the path. */
        private static final String CHANGE = "SELECT set_config('search_path', ?, false)";

        static Connection of(Connection connection) {
            return (Connection) Proxy.newProxyInstance(
                    FlywayConnections.class.getClassLoader(),
                    new Class<?>[] {Connection.class},
                    (self, method, arguments) -> {
                        try {
                            Object result = method.invoke(connection, arguments);
                            boolean changes = result instanceof PreparedStatement && CHANGE.equals(arguments[0]);
                            return changes ? instead((PreparedStatement) result, connection) : result;
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
        }

        /** Returns a statement with one parameter and one row, which changes nothing. */
        private static PreparedStatement instead(PreparedStatement change, Connection connection) throws SQLException {
            change.close();
            return connection.prepareStatement("SELECT ?::pg_catalog.text");
        }
    }
}
