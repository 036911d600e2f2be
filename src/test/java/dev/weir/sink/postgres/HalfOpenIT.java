package dev.weir.sink.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.core.model.Aggregate;
import dev.weir.postgres.QuickSessions;
import dev.weir.testing.FreezingProxy;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Between the job and the database is something that stops forwarding without closing a connection, and is replaced later. */
class HalfOpenIT extends CommitFixture {
    private static final String OPEN_TRANSACTIONS =
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'weir-test'"
                    + " AND xact_start IS NOT NULL";

    private final FreezingProxy proxy = FreezingProxy.before(server.port());

    @BeforeEach
    void shortLimits() {
        opening = QuickSessions::connections;
    }

    @AfterEach
    void closeTheProxy() {
        proxy.close();
    }

    @Test
    void aCommitThatIsFrozenBetweenTwoStatementsIsMadeByAnotherConnection() throws Exception {
        hook.action = connection -> {
            hook.action = null;
            proxy.freeze();
        };

        try (CommitHarness task = start(server.options(proxy.through(url)))) {
            commitOne(task, 1);
            task.until(() -> !time.pauses.isEmpty());
            proxy.replace();

            task.until(() -> server.rows(url, ROWS).equals(List.of("a|1")));
        }
        // The server has ended the half-open one by itself.
        await().atMost(Duration.ofSeconds(3))
                .until(() -> server.rows(url, OPEN_TRANSACTIONS).equals(List.of("0")));
    }

    /** The backend waits for rows of the COPY and heeds no timeout; its rows are in the way of the next attempt. */
    @Test
    void aCommitThatIsFrozenInTheMiddleOfItsRowsIsMadeByAnotherConnection() throws Exception {
        hook.action = connection -> {
            hook.action = null;
            proxy.freezeAfter(500_000);
        };

        try (CommitHarness task = start(server.options(proxy.through(url)))) {
            for (int i = 0; i < 5_000; i++) {
                Aggregate row = Rows.row("s" + i, 1, false, 1);
                task.add(Rows.first(row));
            }
            task.snapshot(1);
            task.complete(1);
            task.until(() -> !time.pauses.isEmpty());
            assertThat(proxy.isFrozen()).isTrue();
            assertThat(server.rows(url, OPEN_TRANSACTIONS)).containsExactly("1");
            proxy.replace();

            task.until(() ->
                    server.rows(url, "SELECT count(*) FROM sensor_aggregates").equals(List.of("5000")));
        }
        await().atMost(Duration.ofSeconds(3))
                .until(() -> server.rows(url, OPEN_TRANSACTIONS).equals(List.of("0")));
    }

    /** An hour of it in small: attempts go on, and the server has no more of the job's sessions at the end than at the beginning. */
    @Test
    void attemptsThatTimeOutLeaveNoBackendBehind() throws Exception {
        try (CommitHarness task = start(server.options(url));
                var other = server.connect(url);
                var statement = other.createStatement()) {
            commitOne(task, 1);
            task.until(() -> server.rows(url, ROWS).equals(List.of("a|1")));
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE sensor_aggregates IN ACCESS EXCLUSIVE MODE");
            time.pauses.clear();
            commitOne(task, 2);

            task.until(() -> time.pauses.size() >= 5);
            assertThat(server.rows(
                                    url,
                                    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                                            + " AND application_name = 'weir-test'")
                            .get(0))
                    .isIn("0", "1");
            // Somebody else's session, however long it is silent, is never ended.
            other.rollback();
            task.until(() -> server.rows(url, ROWS).equals(List.of("a|2")));
        }
    }
}
