package dev.weir.chaos;

import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** {@code pg_terminate_backend} while the job is in the middle of a commit: its rows wait for the table. */
final class BackendTerminated implements Disaster {
    private static final Duration COMMITS_WITHIN = Duration.ofMinutes(2);

    @Override
    public String name() {
        return "pg_terminate_backend in a commit";
    }

    @Override
    public String strike(ChaosCluster cluster) throws Exception {
        JobLog noticed = JobLog.of(cluster, "sensor_aggregates cannot be written now");
        try (Connection holder = cluster.postgres().connect(cluster.database());
                Connection superuser = cluster.postgres().connect();
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            // So that it is certainly there: what writes to the table has to wait for the lock, and a COPY into the
            // staging table has not.
            statement.execute("LOCK TABLE sensor_aggregates IN EXCLUSIVE MODE");
            AtomicInteger waiting = new AtomicInteger();
            await("a commit")
                    .atMost(COMMITS_WITHIN)
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> {
                        waiting.set(Backends.waitingForALock(superuser, "^(INSERT INTO|COPY) sensor_aggregates "));
                        return waiting.get() != 0;
                    });
            int ended = Backends.number(superuser, "SELECT pg_terminate_backend(" + waiting.get() + ", 5000)::int");
            holder.rollback();
            noticed.awaitOne();
            return "backend %d ended in its commit (%d)".formatted(waiting.get(), ended);
        }
    }
}
