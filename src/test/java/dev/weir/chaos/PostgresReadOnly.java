package dev.weir.chaos;

import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;

/** The database takes no writes for some time, like a standby before its promotion. */
final class PostgresReadOnly implements Disaster {
    private final Duration outage;

    PostgresReadOnly(Duration outage) {
        this.outage = outage;
    }

    @Override
    public String name() {
        return "PostgreSQL read-only for " + outage.toSeconds() + " s";
    }

    @Override
    public String strike(ChaosCluster cluster) throws Exception {
        JobLog refused = JobLog.of(cluster, "read-only transaction");
        try (Connection superuser = cluster.postgres().connect();
                Statement statement = superuser.createStatement()) {
            int ended;
            try {
                statement.execute("ALTER SYSTEM SET default_transaction_read_only = on");
                statement.execute("SELECT pg_reload_conf()");
                ended = Backends.terminateAll(superuser);
                Pause.of(outage);
                refused.awaitOne();
            } finally {
                statement.execute("ALTER SYSTEM RESET default_transaction_read_only");
                statement.execute("SELECT pg_reload_conf()");
            }
            return "%d connections ended, %d times refused, says the job's log".formatted(ended, refused.lines());
        }
    }
}
