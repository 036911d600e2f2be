package dev.weir.chaos;

import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * What is between the job and the database stops forwarding in the middle of a commit, closes nothing, and is replaced later: as a firewall
 * that loses its table. Both sides are left with half-open connections.
 */
final class PostgresFrozen implements Disaster {
    private static final Duration COMMITS_WITHIN = Duration.ofMinutes(2);
    private static final String OF_THE_JOB =
            "SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE 'weir-%'";
    private static final String IN_TRANSACTION = OF_THE_JOB + " AND xact_start IS NOT NULL";

    private final Duration outage;

    PostgresFrozen(Duration outage) {
        this.outage = outage;
    }

    @Override
    public String name() {
        return "PostgreSQL behind a frozen proxy for " + outage.toSeconds() + " s";
    }

    @Override
    public String strike(ChaosCluster cluster) throws Exception {
        JobLog noticed = JobLog.of(cluster, "sensor_aggregates cannot be written now");
        try (Connection superuser = cluster.postgres().connect();
                Connection holder = cluster.postgres().connect(cluster.database());
                Statement statement = holder.createStatement()) {
            // The commit waits here, so that it is certainly under way.
            holder.setAutoCommit(false);
            statement.execute("LOCK TABLE sensor_aggregates IN EXCLUSIVE MODE");
            await("a commit")
                    .atMost(COMMITS_WITHIN)
                    .pollInterval(50, TimeUnit.MILLISECONDS)
                    .until(() -> Backends.waitingForALock(superuser, "^(INSERT INTO|COPY) sensor_aggregates ") != 0);
            cluster.toPostgres().freeze();
            holder.rollback();
            int before = Backends.number(superuser, OF_THE_JOB);
            Pause.of(outage);
            int after = Backends.number(superuser, OF_THE_JOB);
            int inTransaction = Backends.number(superuser, IN_TRANSACTION);
            cluster.toPostgres().replace();
            noticed.awaitOne();
            if (after > before || inTransaction != 0) {
                throw new IllegalStateException(
                        "the server had %d sessions of the job, now %d, %d of them in a transaction"
                                .formatted(before, after, inTransaction));
            }
            return "the server had %d sessions of the job, at the end %d, none in a transaction"
                    .formatted(before, after);
        }
    }
}
