package dev.weir.sink.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.WeirConfig;
import dev.weir.core.model.Aggregate;
import dev.weir.flink.WeirTypes;
import dev.weir.postgres.Migrations;
import dev.weir.testing.PostgresServer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AtLeastOnceIT {
    private final PostgresServer server = PostgresServer.shared();
    private String url;

    @BeforeEach
    void aTable() {
        url = server.newDatabase();
        Migrations.apply(server.options(url));
    }

    @Test
    void writesEveryRowAcrossYearsAndKeepsTheGreatestOfEachKey() throws Exception {
        // 300 keys over three years, revisions 1 to 4 of each, shuffled: many revisions of one key share a batch.
        List<Aggregate> rows = new ArrayList<>();
        for (int sensor = 0; sensor < 300; sensor++) {
            for (int revision = 1; revision <= 4; revision++) {
                rows.add(Rows.row("s" + sensor, 2022 + sensor % 3 + "-12-31T23:59:00Z", 1, false, revision));
            }
        }
        Collections.shuffle(rows, new Random(1));

        run(server.options(url), rows);

        assertThat(
                        server.rows(
                                url,
                                "SELECT tableoid::regclass::text, count(*), min(revision) FROM sensor_aggregates GROUP BY 1 ORDER BY 1"))
                .containsExactly(
                        "sensor_aggregates_2022|100|4", "sensor_aggregates_2023|100|4", "sensor_aggregates_2024|100|4");
    }

    @Test
    void aBatchIsFewStatements() throws Exception {
        server.execute(
                url,
                "CREATE TABLE statements (at timestamptz)",
                "CREATE FUNCTION count_statement() RETURNS trigger LANGUAGE plpgsql AS"
                        + " $$ BEGIN INSERT INTO statements VALUES (now()); RETURN NULL; END $$",
                "CREATE TRIGGER counted AFTER INSERT ON sensor_aggregates FOR EACH STATEMENT EXECUTE FUNCTION count_statement()");
        List<Aggregate> rows = IntStream.range(0, 2_000)
                .mapToObj(sensor -> Rows.row("s" + sensor, "2024-01-01T00:00:00Z", 1, false, 1))
                .toList();

        run(server.options(url), rows);

        assertThat(server.rows(url, "SELECT count(*) FROM sensor_aggregates")).containsExactly("2000");
        // The driver makes inserts of 128 rows and less: of two times 1,000 rows, or some more and smaller batches.
        assertThat(server.rows(url, "SELECT count(*) < 200 FROM statements")).containsExactly("t");
    }

    private static void run(WeirConfig.Postgres options, List<Aggregate> rows) throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.setParallelism(2);
        env.fromData(rows, WeirTypes.AGGREGATE)
                .keyBy(row -> row.series().sensorId())
                .sinkTo(PostgresSinks.atLeastOnce(config(options)));
        env.execute();
    }

    private static WeirConfig config(WeirConfig.Postgres options) {
        return new WeirConfig("test", null, null, List.of(), null, null, options, null, false, null);
    }
}
