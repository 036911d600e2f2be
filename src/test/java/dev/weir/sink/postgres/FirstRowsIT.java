package dev.weir.sink.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.WeirConfig;
import dev.weir.core.model.Aggregate;
import dev.weir.postgres.Grants;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows whose windows are shown for the first time skip the guard, and it must not matter whether that is true of them. */
class FirstRowsIT extends CommitFixture {
    /**
     * Which of a transaction's statements inserted a row: the first is a COPY straight into the table, the guarded
     * insert is a later one.
     */
    private static final String STATEMENTS =
            "SELECT sensor_id, revision, cmin = '0'::cid FROM sensor_aggregates ORDER BY 1";

    @TempDir
    Path local;

    @Test
    void goStraightIntoTheTableBesideTheOthers() throws Exception {
        try (DirectCommit commit = new DirectCommit(server.options(url), local)) {
            commit.commit(List.of(first("a", 1), Rows.row("b", 1, false, 1)));
        }
        assertThat(server.rows(url, STATEMENTS)).containsExactly("a|1|t", "b|1|f");
        assertThat(server.rows(
                        url,
                        "SELECT DISTINCT updated_at BETWEEN now() - interval '1 min' AND now(), count(*)"
                                + " OVER (PARTITION BY updated_at) FROM sensor_aggregates"))
                .as("both have the transaction's time")
                .containsExactly("t|2");
    }

    @Test
    void meetTheGuardIfTheyAreThereAlready() throws Exception {
        upsert(Rows.row("a", 1, false, 3));
        upsert(Rows.row("b", 1, false, 3));
        try (DirectCommit commit = new DirectCommit(server.options(url), local)) {
            commit.commit(List.of(first("a", 2), first("b", 4), first("c", 1)));
            assertThat(server.rows(url, STATEMENTS)).containsExactly("a|3|t", "b|4|f", "c|1|f");

            commit.commit(List.of(first("d", 1)));
            commit.commit(List.of(first("e", 1)));
            assertThat(server.rows(url, STATEMENTS))
                    .as("not at once again, but soon")
                    .endsWith("d|1|f", "e|1|t");
        }
    }

    @Test
    void endInTheSameTableWhateverIsSaidOfThem() throws Exception {
        Random random = new Random(7);
        Map<String, Aggregate> expected = new TreeMap<>();
        for (int epoch = 0; epoch < 60; epoch++) {
            // A new one for each: it has no reason yet to pause the direct copy.
            try (DirectCommit commit = new DirectCommit(server.options(url), local)) {
                List<Aggregate> rows = new ArrayList<>();
                for (int i = 0; i < 1 + random.nextInt(12); i++) {
                    // Now and then a key that no epoch before had.
                    String sensor = "s" + random.nextInt(10 + 2 * epoch);
                    Aggregate row =
                            Rows.row(sensor, 1 + random.nextInt(2), random.nextBoolean(), 1 + random.nextInt(4));
                    rows.add(random.nextBoolean() ? Rows.first(row) : row);
                    expected.merge(sensor, row, AggregateOrder::greater);
                }
                commit.commit(rows);
            }
        }
        assertThat(server.rows(
                        url, "SELECT sensor_id, generation, partial, revision FROM sensor_aggregates ORDER BY 1"))
                .containsExactlyElementsOf(expected.values().stream()
                        .map(row -> row.series().sensorId() + "|" + row.generation() + "|" + (row.partial() ? "t" : "f")
                                + "|" + row.revision())
                        .toList());
    }

    @Test
    void areCheckedAgainWhenTheirTransactionIsRepeated() throws Exception {
        upsert(Rows.row("a", 1, false, 1));
        AtomicInteger checks = new AtomicInteger();
        hook.action = connection -> checks.incrementAndGet();
        try (CommitHarness task = start(server.options(url))) {
            commitOne(task, 2);
            task.until(() -> server.rows(url, ROWS).contains("a|2"));
        }
        assertThat(checks).hasValue(2);
    }

    /** COPY refuses it; the guarded insert obeys its policies. */
    @Test
    void comeIntoATableWithRowSecurity() throws Exception {
        String role = "policed_" + url.substring(url.lastIndexOf('/') + 1);
        server.execute(
                url,
                "CREATE ROLE " + role + " LOGIN PASSWORD 'p'",
                Grants.of("public", role),
                "ALTER TABLE sensor_aggregates ENABLE ROW LEVEL SECURITY",
                "CREATE POLICY everything ON sensor_aggregates USING (true) WITH CHECK (true)");
        WeirConfig.Postgres all = server.options(url);
        WeirConfig.Postgres options = new WeirConfig.Postgres(
                url, role, "p", null, all.schema(), all.delivery(), false, all.maxPendingBytes());
        try (DirectCommit commit = new DirectCommit(options, local)) {
            commit.commit(List.of(first("a", 1)));
        }
        assertThat(server.rows(url, ROWS)).containsExactly("a|1");
    }

    private static Aggregate first(String sensor, long revision) {
        return Rows.first(Rows.row(sensor, 1, false, revision));
    }
}
