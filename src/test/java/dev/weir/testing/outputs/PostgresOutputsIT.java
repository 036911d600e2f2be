package dev.weir.testing.outputs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.core.model.Aggregate;
import dev.weir.core.model.SeriesKey;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The queries, on tables with the published columns and types. */
class PostgresOutputsIT {

    @Test
    void readsRowsToTheMicrosecondAndBooksOverGenerations() throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.builder().start();
                Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE sensor_aggregates (sensor_id text, metric text, window_seconds integer,"
                    + " window_start timestamptz, site text, unit text, count bigint, sum double precision,"
                    + " min double precision, max double precision, mean double precision, stddev double precision,"
                    + " first_value double precision, last_value double precision, flagged_count bigint,"
                    + " revision bigint, generation integer, partial boolean, updated_at timestamptz)");
            statement.execute(
                    "INSERT INTO sensor_aggregates VALUES"
                            + " ('s', 'm', 60, '1969-12-31 23:59:00+00', NULL, 'Cel', 1, 7, 7, 7, 7, NULL, 7, 7, 1, 1, 3, true, now()),"
                            + " ('s', 'm', 60, '2286-11-20 17:46:39.999999+00', 'hall', NULL, 2, 3, 1, 2, 1.5, 0.5, 1, 2, 0, 2, 1, false, now())");
            statement.execute("CREATE TABLE weir_books (pipeline text, generation integer, counter text, value bigint,"
                    + " checkpoint_id bigint)");
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
