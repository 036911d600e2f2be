package dev.weir.sink.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.config.WeirConfig;
import dev.weir.core.model.Aggregate;
import dev.weir.postgres.Grants;
import java.sql.Connection;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.junit.jupiter.api.Test;

/** What does not pass by itself: the job ends at once, and says what is wrong, where, and what to do. */
class PostgresRefusalIT extends CommitFixture {
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
                Aggregate row = Rows.row("s" + i, 1, false, 1);
                task.add(i % 2 == 0 ? Rows.first(row) : row);
            }
            task.snapshot(1);
            task.complete(1);

            assertThatThrownBy(() -> task.until(() -> false))
                    .hasStackTraceContaining("refuses key (s1234, temperature, 60, 2024-03-01T00:00:00Z)")
                    .hasStackTraceContaining("[23514]");
        }
    }

    @Test
    void aCheckThatForbidsToWriteFailsAtOnceAndNothingIsWritten() throws Exception {
        hook.action = connection -> {
            throw new SuppressRestartsException(new IllegalStateException("a newer run writes"));
        };

        assertFails(server.options(url), "a newer run writes");
        assertThat(server.rows(url, ROWS)).isEmpty();
    }

    /** It may have failed within a transaction, which the next one would go on in. */
    @Test
    void aConnectionWhoseCommitEndsInAnyExceptionIsNotUsedAgain() throws Exception {
        AtomicReference<Connection> used = new AtomicReference<>();
        hook.action = connection -> {
            used.set(connection);
            throw new IllegalStateException("a defect");
        };

        try (CommitHarness task = start(server.options(url))) {
            commitOne(task, 1);
            assertThatThrownBy(() -> task.until(() -> false)).hasStackTraceContaining("a defect");

            assertThat(used.get().isClosed()).isTrue();
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
}
