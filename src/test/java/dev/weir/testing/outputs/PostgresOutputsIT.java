package dev.weir.testing.outputs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.core.model.Aggregate;
import dev.weir.core.model.SeriesKey;
import dev.weir.postgres.Migrations;
import dev.weir.testing.PostgresServer;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The queries, on the tables that the migrations make. */
class PostgresOutputsIT {

    @Test
    void readsRowsToTheMicrosecondAndBooksOverGenerations() throws Exception {
        PostgresServer server = PostgresServer.shared();
        String url = server.newDatabase();
        Migrations.apply(server.options(url));
        try (Connection connection = server.connect(url);
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT weir_ensure_year(1969), weir_ensure_year(2286)");
            statement.execute(
                    "INSERT INTO sensor_aggregates (sensor_id, metric, window_seconds, window_start, site, unit, count, sum, min, max,"
                            + " mean, stddev, first_value, last_value, flagged_count, revision, generation, partial, updated_at) VALUES"
                            + " ('s', 'm', 60, '1969-12-31 23:59:00+00', NULL, 'Cel', 1, 7, 7, 7, 7, NULL, 7, 7, 1, 1, 3, true, now()),"
                            + " ('s', 'm', 60, '2286-11-20 17:46:39.999999+00', 'hall', NULL, 2, 3, 1, 2, 1.5, 0.5,"
                            + " 1, 2, 0, 2, 1, false, now())");
            statement.execute("INSERT INTO weir_books VALUES ('weir', 1, 'events.read', 3, 7),"
                    + " ('weir', 2, 'events.read', 4, 9), ('other', 1, 'events.read', 100, 1)");

            SeriesKey series = new SeriesKey("s", "m");
            assertThat(PostgresOutputs.aggregates(connection))
                    .containsExactlyInAnyOrder(
                            Aggregate.builder()
                                    .series(series)
                                    .windowSeconds(60)
                                    .windowStartMicros(-60_000_000)
                                    .unit("Cel")
                                    .count(1)
                                    .sum(7)
                                    .min(7)
                                    .max(7)
                                    .mean(7)
                                    .firstValue(7)
                                    .lastValue(7)
                                    .flaggedCount(1)
                                    .partial(true)
                                    .build(),
                            // 9,999,999,999.999999 s, beyond what a double holds to the microsecond
                            Aggregate.builder()
                                    .series(series)
                                    .windowSeconds(60)
                                    .windowStartMicros(9_999_999_999_999_999L)
                                    .site("hall")
                                    .count(2)
                                    .sum(3)
                                    .min(1)
                                    .max(2)
                                    .mean(1.5)
                                    .stddev(0.5)
                                    .firstValue(1)
                                    .lastValue(2)
                                    .build());
            assertThat(PostgresOutputs.books(connection, "weir")).isEqualTo(Map.of("events.read", 7L));
        }
    }
}
