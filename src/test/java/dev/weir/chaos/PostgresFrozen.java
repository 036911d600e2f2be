package dev.weir.chaos;

import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * What is between the job and the database stops forwarding in the middle of a commit, closes nothing, and is replaced later: as a firewall
 * that loses its table. Both sides are left with half-open connections. Then a TaskManager is killed, so that the restarted job claims its
 * generation behind the locks that dead commits hold.
 */
final class PostgresFrozen implements Disaster {
    private static final Duration COMMITS_WITHIN = Duration.ofMinutes(2);
    private static final Duration GONE_WITHIN = Duration.ofMinutes(2);
    private static final String OF_THE_JOB =
            "SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE 'weir-%'";
    /** The books' thread may be connecting just then. */
    private static final int ONE_MORE = 1;

    private final Duration outage;

    PostgresFrozen(Duration outage) {
        this.outage = outage;
    }

    @Override
    public String name() {
        return "PostgreSQL behind a frozen proxy for " + outage.toSeconds() + " s, kill -9 TaskManager";
    }

    @Override
    public String strike(ChaosCluster cluster) throws Exception {
        JobLog noticed = JobLog.of(cluster, "sensor_aggregates cannot be written now");
        try (Connection superuser = cluster.postgres().connect()) {
            freezeInACommit(cluster, superuser);
            int before = Backends.number(superuser, OF_THE_JOB);
            Pause.of(outage);
            int after = Backends.number(superuser, OF_THE_JOB);
            int frozenUntil = Backends.number(superuser, "SELECT extract(epoch FROM clock_timestamp())::int");
            cluster.toPostgres().replace();
            noticed.awaitOne();
            if (after > before + ONE_MORE) {
                throw new IllegalStateException(
                        "the server had %d sessions of the job, now %d".formatted(before, after));
            }
            String killed = ClusterDisasters.killTaskManager().strike(cluster);
            String transactions =
                    OF_THE_JOB + " AND xact_start < to_timestamp(" + frozenUntil + ") - interval '1 second'";
            int dead = Backends.number(superuser, transactions);
            await("the end of dead transactions")
                    .atMost(GONE_WITHIN)
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> Backends.number(superuser, transactions) == 0);
            return "the server had %d sessions of the job, at the end %d; %d dead transactions, then 0; %s"
                    .formatted(before, after, dead, killed);
        }
    }

    /** The commit waits for the table, so that it is certainly under way. */
    private static void freezeInACommit(ChaosCluster cluster, Connection superuser) throws SQLException {
        try (Connection holder = cluster.postgres().connect(cluster.database());
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("LOCK TABLE sensor_aggregates IN EXCLUSIVE MODE");
            await("a commit")
                    .atMost(COMMITS_WITHIN)
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> Backends.waitingForALock(superuser, "^(INSERT INTO|COPY) sensor_aggregates ") != 0);
            cluster.toPostgres().freeze();
            holder.rollback();
        }
    }
}
