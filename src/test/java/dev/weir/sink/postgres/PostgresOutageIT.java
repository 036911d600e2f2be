package dev.weir.sink.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.config.WeirConfig;
import dev.weir.core.model.Aggregate;
import dev.weir.postgres.Grants;
import dev.weir.postgres.Migrations;
import dev.weir.postgres.QuickSessions;
import dev.weir.testing.PostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to servers, and passes: a commit that meets it is tried until it is done. */
class PostgresOutageIT extends CommitFixture {
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
            terminateBackendOf(connection);
        };

        survives(() -> {});
    }

    /** Ten transactions, so an attempt that began at the first row again would never come to the last. */
    @Test
    void getsThroughAConnectionThatEndsAtEveryEighthTransaction() throws Exception {
        transactionRows = 100;
        AtomicInteger transactions = new AtomicInteger();
        hook.action = connection -> {
            if (transactions.incrementAndGet() % 8 == 0) {
                terminateBackendOf(connection);
            }
        };

        try (CommitHarness task = start(server.options(url))) {
            for (int i = 0; i < 3_000; i++) {
                Aggregate row = Rows.row("s" + i, 1, false, 1);
                task.add(i % 2 == 0 ? Rows.first(row) : row);
            }
            task.snapshot(1);
            task.complete(1);
            task.until(() ->
                    server.rows(url, "SELECT count(*) FROM sensor_aggregates").equals(List.of("3000")));
        }
        // 30 transactions and those that were cut, or that found their rows there already: no part is written from the
        // beginning again.
        assertThat(transactions.get()).isBetween(34, 40);
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
            // Also of the first connection of a process: main's has been right.
            Files.writeString(secret, "three\n");
            time.pauses.clear();
            try (CommitHarness task = start(writer)) {
                commitOne(task, 4);
                task.until(() -> time.pauses.size() >= 3);
                Files.writeString(secret, "two\n");
                task.until(() -> own.rows(own.url(), ROWS).equals(List.of("a|4")));
            }
        }
    }

    @Test
    void waitsOutADeadlockWithAnotherWriter() throws Exception {
        upsert(Rows.row("a", 0, false, 1));
        upsert(Rows.row("b", 0, false, 1));
        opening = QuickSessions.waitingForLocks(Duration.ofSeconds(20));
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

    private void terminateBackendOf(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var pid = statement.executeQuery("SELECT pg_backend_pid()")) {
            pid.next();
            server.execute(url, "SELECT pg_terminate_backend(" + pid.getInt(1) + ", 5000)");
        }
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
}
