package dev.weir.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weir.config.WeirConfig;
import dev.weir.core.series.Generation;
import dev.weir.failure.RefusedException;
import dev.weir.postgres.Connections;
import dev.weir.postgres.Grants;
import dev.weir.postgres.Migrations;
import dev.weir.postgres.QuickSessions;
import dev.weir.postgres.SqlStates;
import dev.weir.testing.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;

class PostgresLineageIT {
    private final PostgresServer server = PostgresServer.shared();
    private String url;
    private Connections connections;
    private PostgresLineage lineage;

    @BeforeEach
    void migrate() {
        url = server.newDatabase();
        WeirConfig.Postgres options = server.options(url);
        Migrations.apply(options);
        connections = new Connections(options, "p");
        lineage = new PostgresLineage(connections);
    }

    @Test
    void givesAllSubtasksOfARunTheSameGeneration() throws Exception {
        ExecutorService subtasks = Executors.newFixedThreadPool(8);
        try {
            List<Future<Generation>> answers = new ArrayList<>();
            for (int i = 0; i < 32; i++) {
                answers.add(subtasks.submit(() -> admit(fresh("p", "run-1", true))));
            }
            for (Future<Generation> answer : answers) {
                assertThat(answer.get()).isEqualTo(new Generation(1, true));
            }
        } finally {
            subtasks.shutdownNow();
        }
    }

    /** A TaskManager's machine has vanished, or stands still, in the middle of a commit's COPY: the server waits for its rows. */
    @Test
    void fortyOneClaimsGetThroughADeadCommitAndLeaveNoBackendBehind() throws Exception {
        admit(fresh("p", "run-1", true));
        ExecutorService subtasks = Executors.newFixedThreadPool(41);
        try (Connection dead = connections.open()) {
            dead.setAutoCommit(false);
            new NewestRun("p", "run-1").check(dead);
            dead.unwrap(PGConnection.class).getCopyAPI().copyIn("COPY weir_books FROM STDIN");
            PostgresLineage quick = new PostgresLineage(QuickSessions.connections(server.options(url), "p"));
            List<Future<Generation>> answers = new ArrayList<>();
            for (int i = 0; i < 41; i++) {
                answers.add(subtasks.submit(() -> untilAdmitted(quick, fresh("p", "run-2", false))));
            }
            for (Future<Generation> answer : answers) {
                assertThat(answer.get(30, TimeUnit.SECONDS)).isEqualTo(new Generation(2, true));
            }
            assertThat(sessions()).isEqualTo("0");
        } finally {
            subtasks.shutdownNow();
        }
    }

    /** The row is locked by somebody who is none of the pipeline's sessions, so that it is not ended. */
    @Test
    void aClaimThatTimesOutLeavesNoBackendBehind() throws Exception {
        admit(fresh("p", "run-1", true));
        PostgresLineage quick = new PostgresLineage(QuickSessions.connections(server.options(url), "p"));
        try (Connection other = server.connect(url)) {
            other.setAutoCommit(false);
            other.createStatement().execute("SELECT FROM weir_pipelines FOR UPDATE");
            for (int i = 0; i < 5; i++) {
                assertThatThrownBy(() -> quick.admit(fresh("p", "run-2", false), Position.NONE))
                        .isInstanceOfSatisfying(SQLException.class, e -> assertThat(e.getSQLState())
                                .isEqualTo("55P03"));
            }
            await().atMost(Duration.ofSeconds(1)).until(() -> sessions().equals("0"));
            other.rollback();
        }
    }

    private static Generation untilAdmitted(PostgresLineage lineage, Claim claim) throws SQLException {
        while (true) {
            try {
                return lineage.admit(claim, Position.NONE);
            } catch (SQLException e) {
                if (!SqlStates.isTransient(e.getSQLState(), true)) {
                    throw e;
                }
            }
        }
    }

    /** How many the server has of the pipeline, that do something or are in a transaction. */
    private String sessions() {
        return server.rows(
                        url,
                        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                                + " AND application_name = 'weir-p' AND state <> 'idle'")
                .get(0);
    }

    @Test
    void givesARestartBeforeTheFirstCheckpointTheGenerationItHad() throws Exception {
        assertThat(admit(fresh("p", "run-1", true))).isEqualTo(new Generation(1, true));
        assertThat(admit(fresh("p", "run-1", true))).isEqualTo(new Generation(1, true));
        assertThat(admit(fresh("p", "run-2", false))).isEqualTo(new Generation(2, true));
    }

    @Test
    void refusesTheDefaultStartOfASecondRunWithoutState() throws Exception {
        admit(fresh("p", "run-1", true));
        assertThatThrownBy(() -> admit(fresh("p", "run-2", true)))
                .isInstanceOf(RefusedException.class)
                .hasMessageStartingWith("weir.kafka.start");
    }

    @Test
    void refusesARunAfterANewerOne() throws Exception {
        admit(fresh("p", "run-1", true));
        admit(fresh("p", "run-2", false));
        assertThatThrownBy(() -> admit(fresh("p", "run-1", true)))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("run-2 after run-1");
        try (Connection connection = connections.open()) {
            connection.setAutoCommit(false);
            assertThatThrownBy(() -> new NewestRun("p", "run-1").check(connection))
                    .isInstanceOf(RefusedException.class);
            new NewestRun("p", "run-2").check(connection);
        }
    }

    /**
     * The older run's transaction has begun, so in repeatable read it would go on with its first snapshot, in which it
     * is the newest run, and commit.
     */
    @ParameterizedTest
    @ValueSource(strings = {"read committed", "repeatable read", "serializable"})
    void refusesAnOlderRunInTheMiddleOfItsTransactionWhateverTheDatabasesIsolationLevel(String isolation)
            throws Exception {
        server.execute(
                url,
                "ALTER DATABASE " + url.replaceAll(".*/", "") + " SET default_transaction_isolation = '" + isolation
                        + "'");
        admit(fresh("p", "run-1", true));
        try (Connection connection = connections.open()) {
            connection.setAutoCommit(false);
            connection.createStatement().execute("SELECT now()");
            admit(fresh("p", "run-2", false));

            assertThatThrownBy(() -> new NewestRun("p", "run-1").check(connection))
                    .isInstanceOf(RefusedException.class)
                    .hasMessageContaining("run-2 after run-1");
        }
    }

    /** Operators of one task start one by one: the sink's first commit may come before any of them has registered the run. */
    @Test
    void letsARunThatIsNotRegisteredYetTryAgain() throws Exception {
        admit(fresh("p", "run-1", true));
        try (Connection connection = connections.open()) {
            connection.setAutoCommit(false);
            assertThatThrownBy(() -> new NewestRun("p", "run-2").check(connection))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(SqlStates.isTransient(e.getSQLState(), false))
                                    .isTrue());
        }
    }

    @Test
    void outranksAGenerationThatNeverCompletedACheckpoint() throws Exception {
        admit(fresh("p", "run-1", true));
        admit(fresh("p", "run-2", false)); // generation 2: perhaps rows at least once, no checkpoint
        Claim back = restored("run-3", "/l", false);
        assertThat(admit(back)).isEqualTo(new Generation(3, false));
    }

    @Test
    void refusesAPipelineInTheSchemaOfAnother() throws Exception {
        admit(fresh("p", "run-1", true));

        assertThatThrownBy(() -> admit(fresh("q", "run-2", true)))
                .isInstanceOf(RefusedException.class)
                .hasMessageStartingWith(
                        "weir.postgres.schema: public holds the rows of pipeline p, and those of pipeline q")
                .hasMessageContaining("docs/postgres.md");

        // The refused one left nothing behind that would bar the first.
        assertThat(admit(fresh("p", "run-1", true))).isEqualTo(new Generation(1, true));
    }

    @Test
    void ofTwoPipelinesThatStartTogetherAtMostOneIsAdmitted() throws Exception {
        ExecutorService starts = Executors.newFixedThreadPool(8);
        try {
            List<Future<Generation>> answers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                String name = "p" + i;
                answers.add(starts.submit(() -> admit(fresh(name, "run of " + name, true))));
            }
            int admitted = 0;
            for (Future<Generation> answer : answers) {
                try {
                    answer.get();
                    admitted++;
                } catch (ExecutionException e) {
                    assertThat(e.getCause()).isInstanceOf(RefusedException.class);
                }
            }
            assertThat(admitted).isEqualTo(1);
        } finally {
            starts.shutdownNow();
        }
    }

    /** With the statements of docs/postgres.md. */
    @Test
    void aRenamedPipelineGoesOnInItsGenerationsAndAForgottenOneBarsNobody() throws Exception {
        admit(fresh("old-name", "run-1", true));

        execute(Grants.lettingGo("UPDATE"));

        assertThatThrownBy(() -> admit(fresh("new-name", "run-2", true))).hasMessageStartingWith("weir.kafka.start");
        assertThat(admit(fresh("new-name", "run-2", false))).isEqualTo(new Generation(2, true));

        execute(Grants.lettingGo("DELETE").replace("old-name", "new-name"));
        assertThat(admit(fresh("third", "run-3", true))).isEqualTo(new Generation(1, true));
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = connections.open();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void takesTheGreaterOfTheTwoFences() throws Exception {
        admit(fresh("p", "run-1", true));
        Claim restored = restored("run-2", "/l", false);
        assertThatThrownBy(() -> lineage.admit(restored, new Position(1, 6)))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("checkpoint 6");
        assertThat(lineage.admit(restored, new Position(1, 5))).isEqualTo(new Generation(1, true));
    }

    @Test
    void remembersEveryLakeThatARunWroteTo() throws Exception {
        admit(fresh("p", "run-1", true));
        Claim rewind = restored("run-2", "/lake", true);
        assertThatThrownBy(() -> lineage.admit(rewind, new Position(1, 6)))
                .hasMessageStartingWith("weir.lake.path must be a new one");
    }

    private Generation admit(Claim claim) throws SQLException {
        return lineage.admit(claim, Position.NONE);
    }

    private static Claim fresh(String pipeline, String runId, boolean defaultStart) {
        return new Claim(pipeline, runId, Position.NONE, null, "rules", "/lake", defaultStart, false);
    }

    /** From checkpoint 5 of generation 1. */
    private static Claim restored(String runId, String lakePath, boolean rewindAllowed) {
        StoredGeneration stored = new StoredGeneration(new Generation(1, true), "rules");
        return new Claim("p", runId, new Position(1, 5), stored, "rules", lakePath, true, rewindAllowed);
    }
}
