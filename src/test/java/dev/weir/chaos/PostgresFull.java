package dev.weir.chaos;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Others have all of the server's connections, those for superusers too, and the job has lost its own. */
final class PostgresFull implements Disaster {
    private static final String TOO_MANY = "53300";
    private static final Duration A_LITTLE = Duration.ofMillis(100);

    private final Duration outage;

    PostgresFull(Duration outage) {
        this.outage = outage;
    }

    @Override
    public String name() {
        return "PostgreSQL: too many clients for " + outage.toSeconds() + " s";
    }

    @Override
    public String strike(ChaosCluster cluster) throws Exception {
        JobLog refused = JobLog.of(cluster, "too many clients|remaining connection slots");
        int ended = 0;
        List<Connection> others = new ArrayList<>();
        try {
            others.add(cluster.postgres().connect());
            // Not once: what has just become free the job may take.
            for (long end = System.nanoTime() + outage.toNanos(); System.nanoTime() < end; ) {
                fill(cluster, others);
                ended += Backends.terminateAll(others.get(0));
                fill(cluster, others);
                Pause.of(A_LITTLE);
            }
            refused.awaitOne();
            return "%d connections of others, %d of the job's ended, %d times refused, says its log"
                    .formatted(others.size(), ended, refused.lines());
        } finally {
            for (Connection other : others) {
                other.close();
            }
        }
    }

    private static void fill(ChaosCluster cluster, List<Connection> others) throws SQLException {
        while (true) {
            try {
                others.add(cluster.postgres().connect());
            } catch (SQLException e) {
                if (TOO_MANY.equals(e.getSQLState())) {
                    return;
                }
                throw e;
            }
        }
    }
}
