package dev.weir.chaos;

import dev.weir.testing.PostgresServer;

/** The whole server is killed and comes back, recovering from its log. */
final class PostgresKilled implements Disaster {
    @Override
    public String name() {
        return "kill -9 PostgreSQL";
    }

    @Override
    public String strike(ChaosCluster cluster) {
        PostgresServer server = cluster.postgres();
        String before = started(cluster);
        int processes = server.kill();
        server.startServer();
        return processes + " processes killed; up since " + started(cluster) + ", before that since " + before;
    }

    private static String started(ChaosCluster cluster) {
        return cluster.postgres()
                .rows(cluster.database(), "SELECT to_char(pg_postmaster_start_time(), 'HH24:MI:SS.MS')")
                .get(0);
    }
}
