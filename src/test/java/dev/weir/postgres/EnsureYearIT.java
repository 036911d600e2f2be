package dev.weir.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weir.doctor.Examination;
import dev.weir.testing.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code weir_ensure_year}: makes a year beside whatever else goes on, and takes nothing for a detached year but one. */
class EnsureYearIT {
    private static final String YEARS =
            "SELECT count(*) FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE c.relkind = 'r'";

    private static final String WAITING =
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";

    private final PostgresServer server = PostgresServer.shared();
    private final String url = server.newDatabase();

    @Test
    void saysWhichYearsTableIsNotAttached() {
        Migrations.apply(server.options(url));
        server.execute(
                url,
                "SELECT weir_ensure_year(2019)",
                "ALTER TABLE sensor_aggregates DETACH PARTITION sensor_aggregates_2019");

        assertThatThrownBy(() -> server.execute(url, "SELECT weir_ensure_year(2019)"))
                .hasMessageContaining("sensor_aggregates_2019 exists and is no partition of sensor_aggregates")
                .hasRootCauseInstanceOf(SQLException.class)
                .satisfies(e ->
                        assertThat(((SQLException) e.getCause()).getSQLState()).isEqualTo("42P07"));
        server.execute(url, "ALTER TABLE sensor_aggregates_2019 RENAME TO kept", "SELECT weir_ensure_year(2019)");
    }

    /** VACUUM, ANALYZE and CREATE INDEX CONCURRENTLY hold that lock on the year that they work on, for hours if it is large. */
    @Test
    void makesAYearWhileAnotherOneIsVacuumed() throws SQLException {
        Migrations.apply(server.options(url));
        server.execute(url, "SELECT weir_ensure_year(2019)");
        try (Connection vacuum = server.connect(url)) {
            vacuum.setAutoCommit(false);
            vacuum.createStatement()
                    .execute("LOCK TABLE ONLY sensor_aggregates_2019 IN SHARE UPDATE EXCLUSIVE MODE NOWAIT");

            server.execute(url, "SET lock_timeout = '500ms'", "SELECT weir_ensure_year(2031)");
        }
        assertThat(server.rows(url, YEARS)).containsExactly("2");
    }

    /** Rows are discarded for a detached year only: nobody may have them discarded by making something of that name. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE VIEW sensor_aggregates_2031 AS SELECT 1 AS one",
                "CREATE MATERIALIZED VIEW sensor_aggregates_2031 AS SELECT 1 AS one",
                "CREATE SEQUENCE sensor_aggregates_2031",
                "CREATE INDEX sensor_aggregates_2031 ON weir_books (counter)",
                "CREATE TYPE sensor_aggregates_2031 AS (one integer)",
                "CREATE TYPE sensor_aggregates_2031 AS ENUM ('one')",
                "CREATE TABLE sensor_aggregates_2031 (LIKE sensor_aggregates); ALTER TABLE sensor_aggregates_2031 OWNER TO pg_monitor"
            })
    void whatWasNeverADetachedYearIsNotTakenForOne(String made) {
        Migrations.apply(server.options(url));
        server.execute(url, made);

        assertThatThrownBy(() -> server.execute(url, "SELECT weir_ensure_year(2031)"))
                .hasMessageContaining("sensor_aggregates_2031")
                .hasRootCauseInstanceOf(SQLException.class)
                .satisfies(e ->
                        assertThat(((SQLException) e.getCause()).getSQLState()).isEqualTo(SqlStates.NAME_TAKEN));
    }

    @Test
    void doctorNamesWhatHasTheNameOfAYear() {
        Migrations.apply(server.options(url));
        server.execute(
                url,
                "SELECT weir_ensure_year(2019), weir_ensure_year(2020)",
                "ALTER TABLE sensor_aggregates_2019 OWNER TO pg_monitor",
                "ALTER TABLE sensor_aggregates DETACH PARTITION sensor_aggregates_2020",
                "CREATE VIEW sensor_aggregates_2031 AS SELECT 1 AS one",
                "CREATE VIEW sensor_aggregates_daily AS SELECT 1 AS one");
        List<String> found = new ArrayList<>();

        new PostgresArea(server.options(url), "p").examine(new Examination(Duration.ofSeconds(20), (name, finding) -> {
            if (name.equals("years")) {
                found.add(finding.toString());
            }
        }));

        assertThat(found)
                .singleElement()
                .asString()
                .contains(
                        "level=FAIL",
                        "weir.postgres.schema: view sensor_aggregates_2031 in schema public is named like")
                .contains("Drop or rename");
    }

    /** The other session creates the table while weir_ensure_year is about to, and commits first: it is looked at in a new transaction. */
    @Test
    void aTableThatIsMadeAtTheSameTimeIsNotTakenForADetachedYear() throws Exception {
        Migrations.apply(server.options(url));
        try (Connection other = server.connect(url)) {
            other.setAutoCommit(false);
            other.createStatement().execute("CREATE TABLE sensor_aggregates_2031 (one integer)");
            CompletableFuture<Void> year =
                    CompletableFuture.runAsync(() -> server.execute(url, "SELECT weir_ensure_year(2031)"));
            await().until(() -> server.rows(url, WAITING).equals(List.of("1")));
            other.commit();

            assertThatThrownBy(year::join)
                    .hasStackTraceContaining("another session made sensor_aggregates_2031 at the same time")
                    .hasRootCauseInstanceOf(SQLException.class)
                    .rootCause()
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("40001"));
        }
    }

    /** A year that another session made meanwhile is never taken for one that was detached: its rows would be discarded. */
    @Test
    void aTransactionOlderThanAYearIsToldToBeginAnew() throws SQLException {
        Migrations.apply(server.options(url));
        try (Connection old = server.connect(url)) {
            old.setAutoCommit(false);
            old.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            old.createStatement().execute("SELECT 1");
            server.execute(url, "SELECT weir_ensure_year(2031)");

            assertThatThrownBy(() -> old.createStatement().execute("SELECT weir_ensure_year(2031)"))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("40001"));
        }
    }
}
