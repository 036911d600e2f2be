package dev.weir.sink.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weir.config.WeirConfig;
import dev.weir.core.model.Aggregate;
import dev.weir.testing.PostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The operator and its committer on a real server, with what happens to servers. */
@Timeout(60)
class PostgresCommitIT {
    private static final String ROWS = "SELECT sensor_id, revision FROM sensor_aggregates ORDER BY 1";

    private final PostgresServer server = PostgresServer.shared();
    private final FakeTime time = new FakeTime();
    private final Hook hook = new Hook();
    private String url;
    private Duration patience = Duration.ofMillis(50);

    @BeforeEach
    void tables() {
        url = server.newDatabase();
        Migrations.apply(server.options(url));
    }

    @Test
    void rowsAreVisibleAfterTheirCheckpointInEveryColumnAsTheUpsertWritesThem() throws Exception {
        Aggregate odd = new Aggregate(
                Rows.row("s'\\\t☃", 1, false, 1).series(),
                3600,
                Rows.row("s", "1969-12-31T23:00:00Z", 1, false, 1).windowStartMicros(),
                "a\0b\ud800c",
                null,
                3,
                Double.NEGATIVE_INFINITY,
                -0.0,
                Double.MAX_VALUE,
                Double.NaN,
                Double.MIN_VALUE,
                1.0 / 3,
                -2.5,
                2,
                7,
                true);
        Aggregate plain = Rows.row("plain", "9999-12-31T23:59:00Z", 1, false, 1);
        String all = "SELECT " + AggregateUpsert.COLUMNS + " FROM sensor_aggregates ORDER BY 1";
        try (CommitHarness task = start(server.options(url))) {
            task.add(odd, plain);
            task.snapshot(1);
            assertThat(server.rows(url, all)).isEmpty();
            task.complete(1);
            task.until(() -> server.rows(url, all).size() == 2);
        }

        List<String> copied = server.rows(url, all);
        server.execute(url, "TRUNCATE sensor_aggregates");
        upsert(odd);
        upsert(plain);
        assertThat(copied).isEqualTo(server.rows(url, all)).hasSize(2);
        assertThat(copied.get(1)).contains("|1969-12-31 23:00:00+00|a\ufffdb\ufffdc||3|-Infinity|");
    }

    @Test
    void theSameBatchByTwoAttemptsAndByAZombieAfterItsSuccessorIsTheSameTable() throws Exception {
        CommitHarness zombie = start(server.options(url));
        zombie.add(Rows.row("a", 1, false, 1), Rows.row("b", 1, false, 2));
        OperatorSubtaskState state = zombie.snapshot(1);

        try (CommitHarness successor = restore(state)) {
            successor.until(() -> server.rows(url, ROWS).size() == 2);
            successor.add(Rows.row("a", 1, false, 2));
            successor.snapshot(2);
            successor.complete(2);
            successor.until(() -> server.rows(url, ROWS).contains("a|2"));
        }
        List<String> before = server.rows(url, "SELECT xmin, * FROM sensor_aggregates ORDER BY sensor_id");

        // The zombie hears of its checkpoint only now; then the same state is restored once more.
        zombie.complete(1);
        zombie.close();
        restore(state).close();

        assertThat(server.rows(url, "SELECT xmin, * FROM sensor_aggregates ORDER BY sensor_id"))
                .isEqualTo(before)
                .hasSize(2);
    }

    @Test
    void moreRowsThanATransactionHoldsAllArriveFromSpilledRuns() throws Exception {
        CommitSettings tiny = new CommitSettings(64 << 20, 100_000, Duration.ofSeconds(30), time);
        try (CommitHarness task = CommitHarness.start(committers(server.options(url)), tiny)) {
            for (int i = 0; i < 25_000; i++) {
                task.add(Rows.row("s" + i, 2015 + i % 10 + "-06-01T00:00:00Z", 1, false, 1));
            }
            task.snapshot(1);
            task.complete(1);
        }

        assertThat(server.rows(url, "SELECT count(*), count(DISTINCT tableoid) FROM sensor_aggregates"))
                .containsExactly("25000|10");
    }

    @Test
    void waitsOutAServerThatIsReadOnly() throws Exception {
        String database = url.replaceAll(".*/", "");
        server.execute(url, "ALTER DATABASE " + database + " SET default_transaction_read_only = on");

        survives(() -> server.execute(
                url,
                "SET default_transaction_read_only = off",
                "ALTER DATABASE " + database + " RESET default_transaction_read_only"));
    }

    @Test
    void waitsOutABackendThatIsTerminatedInTheMiddleOfACommit() throws Exception {
        hook.action = connection -> {
            hook.action = null;
            try (var statement = connection.createStatement();
                    var pid = statement.executeQuery("SELECT pg_backend_pid()")) {
                pid.next();
                server.execute(url, "SELECT pg_terminate_backend(" + pid.getInt(1) + ", 5000)");
            }
        };

        survives(() -> {});
    }

    @Test
    void waitsOutACommitThatReachesTheServerButWhoseAnswerIsLost() throws Exception {
        // The rows are there already when the attempt is repeated: by another connection, as the lost commit would have
        // left them.
        hook.action = connection -> {
            hook.action = null;
            upsert(Rows.row("a", 1, false, 1));
            connection.abort(Runnable::run);
        };

        survives(() -> {});
    }

    @Test
    void waitsOutALockThatAnotherHolds() throws Exception {
        upsert(Rows.row("a", 0, false, 1));
        try (Connection other = server.connect(url)) {
            other.setAutoCommit(false);
            try (var statement = other.createStatement()) {
                statement.execute("SELECT * FROM sensor_aggregates FOR UPDATE");
            }
            survives(() -> {
                try {
                    other.rollback();
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
        }
    }

    @Test
    void waitsOutAServerThatIsDownAndPicksUpARotatedPassword(@TempDir Path directory) throws Exception {
        try (PostgresServer own = PostgresServer.start()) {
            Path secret = Files.writeString(directory.resolve("password"), "one\n");
            Migrations.apply(own.options(own.url()));
            own.execute(own.url(), "CREATE ROLE w LOGIN PASSWORD 'one'", Grants.of("public", "w"));
            own.requirePassword("w");
            WeirConfig.Postgres options = own.options(own.url());
            WeirConfig.Postgres writer = new WeirConfig.Postgres(
                    options.url(), "w", null, secret.toString(), "public", options.delivery(), false, 1 << 20);
            try (CommitHarness task = start(writer)) {
                commitOne(task, 1);
                task.until(() -> own.rows(own.url(), ROWS).equals(List.of("a|1")));

                own.stopServer();
                commitOne(task, 2);
                task.until(() -> time.pauses.size() >= 3);
                own.startServer();
                task.until(() -> own.rows(own.url(), ROWS).equals(List.of("a|2")));

                // Rotated in the server first; the file follows while the job is already refused.
                own.execute(
                        own.url(),
                        "ALTER ROLE w PASSWORD 'two'",
                        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE usename = 'w'");
                time.pauses.clear();
                commitOne(task, 3);
                task.until(() -> time.pauses.size() >= 3);
                Files.writeString(secret, "two\n");
                task.until(() -> own.rows(own.url(), ROWS).equals(List.of("a|3")));
            }
            // Of a job that has never run it is a mistake, which no patience mends.
            Files.writeString(secret, "three\n");
            time.pauses.clear();
            try (CommitHarness task = start(writer)) {
                commitOne(task, 4);
                assertThatThrownBy(() -> task.until(() -> false))
                        .hasStackTraceContaining("[28P01]")
                        .hasStackTraceContaining("password-file");
                assertThat(time.pauses).isEmpty();
            }
        }
    }

    @Test
    void aMissingColumnFailsAtOnceWithTableKeyAndCure() throws Exception {
        server.execute(url, "ALTER TABLE sensor_aggregates DROP COLUMN unit");

        assertFails(
                server.options(url),
                "public.sensor_aggregates",
                "(a, temperature, 60, 2024-03-01T00:00:00Z)",
                "42703",
                "weir.postgres.migrate");
    }

    @Test
    void aMissingRightFailsAtOnceWithTableKeyAndCure() throws Exception {
        String role = "reader_" + url.replaceAll(".*/", "");
        server.execute(
                url,
                "CREATE ROLE " + role + " LOGIN",
                Grants.of("public", role),
                "REVOKE INSERT ON sensor_aggregates FROM " + role);
        WeirConfig.Postgres admin = server.options(url);

        assertFails(
                new WeirConfig.Postgres(url, role, null, null, "public", admin.delivery(), false, 1 << 20),
                "public.sensor_aggregates",
                "(a, temperature, 60, 2024-03-01T00:00:00Z)",
                "42501",
                "docs/postgres.md");
    }

    @Test
    void aRowThatTheTableRefusesIsNamedAmongThousandsAndTheOthersAreWritten() throws Exception {
        server.execute(url, "ALTER TABLE sensor_aggregates ADD CHECK (sensor_id <> 's1234')");

        try (CommitHarness task = start(server.options(url))) {
            for (int i = 0; i < 3000; i++) {
                task.add(Rows.row("s" + i, 1, false, 1));
            }
            task.snapshot(1);
            task.complete(1);

            assertThatThrownBy(() -> task.until(() -> false))
                    .hasStackTraceContaining("refuses key (s1234, temperature, 60, 2024-03-01T00:00:00Z)")
                    .hasStackTraceContaining("[23514]");
        }
    }

    @Test
    void waitsOutADeadlockWithAnotherWriter() throws Exception {
        upsert(Rows.row("a", 0, false, 1));
        upsert(Rows.row("b", 0, false, 1));
        patience = Duration.ofSeconds(20);
        try (Connection other = server.connect(url)) {
            other.setAutoCommit(false);
            try (var statement = other.createStatement()) {
                // It holds b and wants a; the commit holds a and wants b. The commit looks for deadlocks sooner, so it
                // is the victim.
                statement.execute("SET LOCAL deadlock_timeout = '30s'");
                statement.execute("UPDATE sensor_aggregates SET site = 'other' WHERE sensor_id = 'b'");
                hook.action = connection -> {
                    try (var ours = connection.createStatement()) {
                        ours.execute("UPDATE sensor_aggregates SET site = 'ours' WHERE sensor_id = 'a'");
                    }
                };
                try (CommitHarness task = start(server.options(url))) {
                    task.add(Rows.row("a", 1, false, 1), Rows.row("b", 1, false, 1));
                    task.snapshot(1);
                    task.complete(1);
                    await().until(() -> server.rows(url, "SELECT count(*) FROM pg_locks WHERE NOT granted")
                            .equals(List.of("1")));
                    statement.execute("UPDATE sensor_aggregates SET site = 'other' WHERE sensor_id = 'a'");
                    hook.action = null;
                    other.commit();
                    task.until(() -> server.rows(url, "SELECT DISTINCT generation, site FROM sensor_aggregates")
                            .equals(List.of("1|site")));
                }
            }
        }
        assertThat(time.pauses).isNotEmpty();
    }

    @Test
    void aCheckThatForbidsToWriteFailsAtOnceAndNothingIsWritten() throws Exception {
        hook.action = connection -> {
            throw new SuppressRestartsException(new IllegalStateException("a newer run writes"));
        };

        assertFails(server.options(url), "a newer run writes");
        assertThat(server.rows(url, ROWS)).isEmpty();
    }

    /** A commit is under way when something is wrong, is retried, and succeeds once it has been mended. */
    private void survives(Runnable mend) throws Exception {
        try (CommitHarness task = start(server.options(url))) {
            commitOne(task, 1);
            task.until(() -> !time.pauses.isEmpty());
            // Checkpoints go on meanwhile.
            commitOne(task, 2);
            mend.run();

            task.until(() -> server.rows(url, ROWS).equals(List.of("a|2")));
        }
    }

    private void assertFails(WeirConfig.Postgres options, String... message) throws Exception {
        try (CommitHarness task = start(options)) {
            commitOne(task, 1);
            var failure = assertThatThrownBy(() -> task.until(() -> false)).hasRootCauseInstanceOf(Exception.class);
            for (String part : message) {
                failure.hasStackTraceContaining(part);
            }
            failure.hasStackTraceContaining("SuppressRestartsException");
            assertThat(time.pauses).isEmpty();
        }
    }

    private static void commitOne(CommitHarness task, long checkpoint) throws Exception {
        task.add(Rows.row("a", 1, false, checkpoint));
        task.snapshot(checkpoint);
        task.complete(checkpoint);
    }

    private void upsert(Aggregate row) throws SQLException {
        try (Connection connection = new Connections(server.options(url), "test").open();
                var statement = connection.prepareStatement(AggregateUpsert.ONE_ROW)) {
            Years.ensure(connection, List.of(AggregateUpsert.year(row)));
            AggregateUpsert.bind(statement, row);
            statement.executeUpdate();
        }
    }

    private CommitHarness start(WeirConfig.Postgres options) throws Exception {
        return CommitHarness.start(
                committers(options), new CommitSettings(1 << 20, 1 << 20, Duration.ofSeconds(10), time));
    }

    private CommitHarness restore(OperatorSubtaskState state) throws Exception {
        return CommitHarness.restore(
                committers(server.options(url)),
                new CommitSettings(1 << 20, 1 << 20, Duration.ofSeconds(10), time),
                state,
                1,
                1,
                0);
    }

    private BatchCommitter.Factory committers(WeirConfig.Postgres options) {
        Connections connections = new Connections(options, "test");
        Hook inside = hook;
        Duration longest = patience;
        return restored -> new CopyCommitter(connections, inside, restored, longest);
    }
}
