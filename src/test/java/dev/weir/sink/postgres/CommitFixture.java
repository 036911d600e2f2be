package dev.weir.sink.postgres;

import dev.weir.config.WeirConfig;
import dev.weir.core.model.Aggregate;
import dev.weir.postgres.Connections;
import dev.weir.postgres.Migrations;
import dev.weir.postgres.QuickSessions;
import dev.weir.postgres.Years;
import dev.weir.testing.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** The commit operator on a database of its own, with time that costs nothing and a hook inside each transaction. */
@Timeout(60)
abstract class CommitFixture {
    static final String ROWS = "SELECT sensor_id, revision FROM sensor_aggregates ORDER BY 1";
    final PostgresServer server = PostgresServer.shared();
    final FakeTime time = new FakeTime();
    final Hook hook = new Hook();
    String url;
    /** Of each connection; by default with a lock that is waited for no longer than a test can. */
    QuickSessions.Opening opening = QuickSessions.waitingForLocks(Duration.ofMillis(50));
    /** How many rows a transaction has at most. */
    int transactionRows = PartCommitter.MOST_ROWS;

    @BeforeEach
    void tables() {
        url = server.newDatabase();
        Migrations.apply(server.options(url));
    }

    static void commitOne(CommitHarness task, long checkpoint) throws Exception {
        task.add(Rows.first(Rows.row("a", 1, false, checkpoint)));
        task.snapshot(checkpoint);
        task.complete(checkpoint);
    }

    void upsert(Aggregate row) throws SQLException {
        try (Connection connection = new Connections(server.options(url), "test").open()) {
            Years.ensure(connection, List.of(AggregateUpsert.year(row)));
            Rows.upsert(connection, row);
        }
    }

    CommitHarness start(WeirConfig.Postgres options) throws Exception {
        return CommitHarness.start(
                committers(options), new CommitSettings(1 << 20, 1 << 20, Duration.ofSeconds(10), time));
    }

    CommitHarness restore(OperatorSubtaskState state) throws Exception {
        return CommitHarness.restore(
                committers(server.options(url)),
                new CommitSettings(1 << 20, 1 << 20, Duration.ofSeconds(10), time),
                state,
                1,
                1,
                0);
    }

    BatchCommitter.Factory committers(WeirConfig.Postgres options) {
        Connections connections = opening.connections(options, "test");
        Hook inside = hook;
        int most = transactionRows;
        return restored -> new PartCommitter(new CopyCommitter(connections, inside), options, most);
    }
}
