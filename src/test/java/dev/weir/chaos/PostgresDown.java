package dev.weir.chaos;

import java.time.Duration;

/** The server refuses connections for some time. */
final class PostgresDown implements Disaster {
    private final Duration outage;

    PostgresDown(Duration outage) {
        this.outage = outage;
    }

    @Override
    public String name() {
        return "PostgreSQL down for " + outage.toSeconds() + " s";
    }

    @Override
    public String strike(ChaosCluster cluster) throws InterruptedException {
        // The proxy in between closes what it cannot forward.
        JobLog refused = JobLog.of(cluster, "(cannot be written now|database is away|Books and fence of .* wait): .*");
        cluster.postgres().stopServer();
        try {
            Pause.of(outage);
            refused.awaitOne();
        } finally {
            cluster.postgres().startServer();
        }
        return refused.lines() + " times refused, says the job's log";
    }
}
