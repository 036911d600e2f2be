package dev.weir.sink.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.config.WeirConfig;
import dev.weir.doctor.Examination;
import dev.weir.doctor.Finding;
import dev.weir.postgres.Connections;
import dev.weir.postgres.Migrations;
import dev.weir.postgres.PostgresArea;
import dev.weir.testing.PgBouncer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The real PgBouncer between the job and the database. */
class PgBouncerIT extends CommitFixture {
    private PgBouncer bouncer;

    @BeforeEach
    void onlyWhereThereIsOne() {
        PgBouncer.assumeInstalled();
    }

    @AfterEach
    void closeTheBouncer() {
        if (bouncer != null) {
            bouncer.close();
        }
    }

    /** With nothing set but addresses: migrations, commits, and the same backends for the next ones who come. */
    @Test
    void sessionPoolingWorksWithItsDefaults() throws Exception {
        url = server.newDatabase();
        WeirConfig.Postgres options = through(Map.of());

        Migrations.apply(options);
        Migrations.check(options);
        for (int life = 1; life <= 3; life++) {
            try (CommitHarness task = start(options)) {
                commitOne(task, life);
                String row = "a|" + life;
                task.until(() -> server.rows(url, ROWS).equals(List.of(row)));
            }
        }
        assertThat(new Connections(options, "p").inTransaction(PgBouncerIT::isolation))
                .isEqualTo("read committed");
        assertThat(findings(options).values()).allMatch(finding -> finding.level() == Finding.Level.OK);
    }

    /** The backend that a session leaves behind has nothing of it; server_reset_query sees to that. */
    @Test
    void atLeastOnceWorksThroughSessionPooling() throws Exception {
        WeirConfig.Postgres options = through(Map.of("default_pool_size", "1"));
        for (int life = 1; life <= 2; life++) {
            try (Connection connection = new Connections(options, "p").openForBatches();
                    var statement = connection.prepareStatement(AggregateUpsert.ONE_ROW)) {
                UpsertStatement upsert = new UpsertStatement();
                for (int i = 0; i < 20; i++) {
                    upsert.statement(statement, Rows.row("s" + i, 1, false, life));
                    statement.addBatch();
                }
                statement.executeBatch();
            }
        }
        assertThat(server.rows(url, "SELECT count(*), min(revision) FROM sensor_aggregates"))
                .containsExactly("20|2");
    }

    @ParameterizedTest
    @CsvSource({
        "transaction, 20, 0, transaction pooling",
        "transaction, 1, 0, transaction pooling",
        "transaction, 20, 1, transaction pooling",
        "statement, 20, 0, statement pooling"
    })
    void anotherModeIsRefusedByNameWithItsCure(String mode, String poolSize, String roundRobin, String name) {
        WeirConfig.Postgres options =
                through(Map.of("pool_mode", mode, "default_pool_size", poolSize, "server_round_robin", roundRobin));

        for (Runnable begin : List.<Runnable>of(() -> Migrations.apply(options), () -> Migrations.check(options))) {
            assertThatThrownBy(begin::run)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("weir.postgres.url: ")
                    .hasMessageContaining(name)
                    .hasMessageContaining("pool_mode = session")
                    .hasMessageContaining("docs/postgres.md");
        }
        Map<String, Finding> findings = findings(options);
        assertThat(findings.get("postgres").level()).isEqualTo(Finding.Level.OK);
        assertThat(findings.get("sessions").level()).isEqualTo(Finding.Level.FAIL);
        assertThat(findings.get("sessions").text()).contains(name).contains("pool_mode = session");
        assertThat(findings.get("tables").level()).isEqualTo(Finding.Level.SKIPPED);
    }

    /** Somebody changed the pool under a running job: a commit or a claim ends the job by name, and does not go on in another schema. */
    @ParameterizedTest
    @ValueSource(strings = {"transaction", "statement"})
    void aTransactionOnAnotherBackendIsRefused(String mode) throws Exception {
        WeirConfig.Postgres options = through(Map.of("pool_mode", mode, "server_round_robin", "1"));
        Connections connections = new Connections(options, "p");
        // Two backends, which are given in turn.
        try (Connection one = connections.open();
                Connection two = connections.open()) {
            if (mode.equals("transaction")) {
                one.setAutoCommit(false);
                two.setAutoCommit(false);
                isolation(one);
                isolation(two);
                one.commit();
                two.commit();
            }
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 10; i++) {
                            connections.inTransaction(PgBouncerIT::isolation);
                        }
                    })
                    .isInstanceOf(SuppressRestartsException.class)
                    .hasStackTraceContaining(mode + " pooling");
        }
    }

    @Test
    void aPoolThatDoesNotResetItsSessionsIsRefusedByName() throws Exception {
        WeirConfig.Postgres options = through(Map.of("server_reset_query", ""));
        try (Connection one = server.connect(options.url());
                Connection another = server.connect(options.url())) {
            for (Connection connection : List.of(one, another)) {
                connection.setAutoCommit(false);
                connection.createStatement().execute("SELECT 1");
            }
            one.commit();
            another.commit();
        }

        assertThatThrownBy(() -> Migrations.check(options))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("weir.postgres.url: ")
                .hasMessageContaining("server_reset_query is not DISCARD ALL");
    }

    @Test
    void aPoolWithoutRoomIsNamed() {
        WeirConfig.Postgres options = through(Map.of("default_pool_size", "1", "query_wait_timeout", "1"));

        assertThatThrownBy(() -> Migrations.check(options))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("weir.postgres.url: of two connections the second got no backend")
                .hasMessageContaining("default_pool_size");
    }

    private static String isolation(Connection connection) throws SQLException {
        try (var row = connection.createStatement().executeQuery("SHOW transaction_isolation")) {
            row.next();
            return row.getString(1);
        }
    }

    private static Map<String, Finding> findings(WeirConfig.Postgres options) {
        Map<String, Finding> findings = new HashMap<>();
        new PostgresArea(options, "p").examine(new Examination(Duration.ofSeconds(20), findings::put));
        return findings;
    }

    private WeirConfig.Postgres through(Map<String, String> settings) {
        bouncer = PgBouncer.start(server, settings);
        return server.options(bouncer.through(url));
    }
}
