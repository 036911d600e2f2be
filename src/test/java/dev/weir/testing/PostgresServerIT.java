package dev.weir.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class PostgresServerIT {
    @Test
    void keepsWhatWasCommittedWhenAllItsProcessesAreKilled() {
        try (PostgresServer server = PostgresServer.start()) {
            server.execute(server.url(), "CREATE TABLE t AS SELECT 1 AS x");

            // The postmaster, the checkpointer, two writers, autovacuum, replication: more than five.
            assertThat(server.kill()).isGreaterThan(5);
            assertThatThrownBy(server::connect).hasMessageContaining("refused");
            server.startServer();

            assertThat(server.rows(server.url(), "SELECT x FROM t")).isEqualTo(List.of("1"));
        }
    }
}
