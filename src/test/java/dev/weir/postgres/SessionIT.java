package dev.weir.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.config.WeirConfig;
import dev.weir.testing.PostgresServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the server says of the sessions of a database whose own defaults are all wrong. */
class SessionIT {
    private static final List<String> SETTINGS = List.of(
            "search_path",
            "transaction_isolation",
            "lock_timeout",
            "statement_timeout",
            "idle_in_transaction_session_timeout",
            "transaction_timeout",
            "client_connection_check_interval",
            "tcp_keepalives_idle",
            "tcp_keepalives_interval",
            "tcp_keepalives_count",
            "tcp_user_timeout");

    private final PostgresServer server = PostgresServer.shared();
    private WeirConfig.Postgres options;

    @BeforeEach
    void aDatabaseWithDefaultsOfItsOwn() {
        String url = server.newDatabase();
        options = server.options(url);
        String database = url.replaceAll(".*/", "");
        for (String setting : List.of(
                "search_path = nowhere",
                "default_transaction_isolation = 'serializable'",
                "lock_timeout = '1h'",
                "statement_timeout = 0",
                "idle_in_transaction_session_timeout = 0",
                "transaction_timeout = '3s'",
                "client_connection_check_interval = 0",
                "tcp_keepalives_idle = 7200",
                "tcp_user_timeout = 0")) {
            server.execute(url, "ALTER DATABASE " + database + " SET " + setting);
        }
    }

    @Test
    void aSessionOfTheJobSetsWhatItNeedsItself() throws SQLException {
        Connections connections = new Connections(options, "p");
        try (Connection one = connections.open();
                Connection forBatches = connections.openForBatches()) {
            // The server's tcp_keepalives_* of the loopback are really set: it asks the socket for them.
            List<String> expected = List.of(
                    "\"public\", pg_temp",
                    "read committed",
                    "20s",
                    "50s",
                    "20s",
                    "2min",
                    "5s",
                    "15",
                    "5",
                    "3",
                    "30000");
            assertThat(shown(one)).isEqualTo(expected);
            assertThat(shown(forBatches)).isEqualTo(expected);
            assertThat(one.getNetworkTimeout()).isEqualTo(60_000);
        }
    }

    @Test
    void aSessionOfMigrationsHasTimeToBuildAnIndexButWaitsForNoLockThatLong() throws SQLException {
        try (Connection one = new Connections(options, "migration", Session.MIGRATION).open()) {
            assertThat(shown(one).subList(1, 6)).containsExactly("read committed", "20s", "10min", "30min", "30min");
            assertThat(one.getNetworkTimeout()).isEqualTo(660_000);
        }
    }

    @Test
    void everyLimitOfTheServerEndsBeforeTheClients() {
        assertThatThrownBy(() -> new Session(
                        Session.JOB.statement(),
                        Session.JOB.statement(),
                        Session.JOB.idleInTransaction(),
                        Session.JOB.transaction(),
                        Session.JOB.read()))
                .hasMessageStartingWith("lock < statement < read");
        assertThat(Session.JOB.idleInTransaction()).isLessThanOrEqualTo(Session.JOB.lock());
    }

    @Test
    void tablesAreMadeInTheSchemaWhateverTheDatabasesSearchPath() {
        Migrations.apply(options);
        assertThat(server.rows(
                        options.url(),
                        "SELECT DISTINCT schemaname FROM pg_tables WHERE tablename ~ '^(weir|sensor)_' ORDER BY 1"))
                .containsExactly("public");
    }

    private static List<String> shown(Connection connection) throws SQLException {
        List<String> values = new ArrayList<>();
        for (String setting : SETTINGS) {
            try (ResultSet row = connection.createStatement().executeQuery("SHOW " + setting)) {
                row.next();
                values.add(row.getString(1));
            }
        }
        return values;
    }
}
