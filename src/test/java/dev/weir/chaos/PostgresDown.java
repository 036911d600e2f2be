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
        JobLog refused = JobLog.of(
                cluster, "Connection to 127\\.0\\.0\\.1:" + cluster.postgres().port() + " refused");
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
