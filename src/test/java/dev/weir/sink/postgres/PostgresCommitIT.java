package dev.weir.sink.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.core.model.Aggregate;
import java.time.Duration;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

/** What the operator leaves in a real table. */
class PostgresCommitIT extends CommitFixture {
    @Test
    void rowsAreVisibleAfterTheirCheckpointInEveryColumnAsTheUpsertWritesThem() throws Exception {
        Aggregate odd = Aggregate.builder()
                .series(Rows.row("s'\\\t☃", 1, false, 1).series())
                .windowSeconds(3600)
                .windowStartMicros(
                        Rows.row("s", "1969-12-31T23:00:00Z", 1, false, 1).windowStartMicros())
                .site("a\0b\ud800c")
                .count(3)
                .sum(Double.NEGATIVE_INFINITY)
                .min(-0.0)
                .max(Double.MAX_VALUE)
                .mean(Double.NaN)
                .stddev(Double.MIN_VALUE)
                .firstValue(1.0 / 3)
                .lastValue(-2.5)
                .flaggedCount(2)
                .generation(7)
                .partial(true)
                .build();
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
}
