package dev.weir.demo;

import dev.weir.core.model.Aggregate;
import dev.weir.core.model.Origin;
import dev.weir.core.model.SeriesKey;
import dev.weir.testing.KafkaBroker;
import dev.weir.testing.LakeReader;
import dev.weir.testing.PostgresServer;
import dev.weir.testing.oracle.Accepted;
import dev.weir.testing.oracle.Rejected;
import dev.weir.testing.outputs.DeadLetters;
import dev.weir.testing.outputs.PostgresOutputs;
import dev.weir.testing.outputs.Rows;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What the job left behind, read as a user would: the lake with DuckDB, PostgreSQL with SQL, the dead letters with a consumer. */
final class DemoOutputs {
    private static final String READING =
            """
            sensor_id, metric, epoch_us(event_time), value, unit, site, quality, origin_topic, origin_partition,
            origin_offset, epoch_ms(origin_timestamp), origin_file, origin_row""";

    private final LakeReader lake;
    private final Map<Integer, List<Aggregate>> lakeRows;
    private final Map<Integer, List<Aggregate>> postgresRows;
    private final Map<Integer, List<ConsumerRecord<byte[], byte[]>>> letters;
    private final Map<String, Long> books;

    DemoOutputs(Path lakePath, PostgresServer postgres, KafkaBroker kafka) throws SQLException {
        lake = new LakeReader(lakePath);
        lakeRows = bySet(lake.latestAggregates().stream().map(Rows::row).toList());
        try (Connection connection = postgres.connect()) {
            postgresRows = bySet(PostgresOutputs.aggregates(connection));
            books = PostgresOutputs.books(connection, DemoConfig.PIPELINE);
        }
        letters = new TreeMap<>();
        for (ConsumerRecord<byte[], byte[]> letter : kafka.readAll(DemoOptions.TOPIC + "-dlq")) {
            int set = DemoFeed.setOf(new String(letter.key(), StandardCharsets.UTF_8));
            letters.computeIfAbsent(set, s -> new ArrayList<>()).add(letter);
        }
    }

    /** The readings in the lake of one set of stations. Read anew at each call: all sets at once would be too many. */
    List<Accepted> readings(int set) {
        String stations = set == 1 ? "sensor_id NOT LIKE '%-%'" : "sensor_id LIKE '%-" + set + "'";
        return lake.select(
                "readings",
                READING,
                "WHERE " + stations,
                row -> new Accepted(
                        new SeriesKey(row.getString(1), row.getString(2)),
                        row.getLong(3),
                        row.getDouble(4),
                        row.getString(5),
                        row.getString(6),
                        row.getInt(7),
                        new Origin(
                                row.getString(8),
                                row.getInt(9),
                                row.getLong(10),
                                row.getLong(11),
                                row.getString(12),
                                row.getLong(13))));
    }

    List<Aggregate> lakeRows(int set) {
        return lakeRows.getOrDefault(set, List.of());
    }

    List<Aggregate> postgresRows(int set) {
        return postgresRows.getOrDefault(set, List.of());
    }

    List<ConsumerRecord<byte[], byte[]>> letters(int set) {
        return letters.getOrDefault(set, List.of());
    }

    List<Rejected> rejects(int set) {
        return DeadLetters.rejects(letters(set));
    }

    /** The totals of {@code weir_books}. */
    Map<String, Long> books() {
        return books;
    }

    LakeReader lake() {
        return lake;
    }

    private static Map<Integer, List<Aggregate>> bySet(List<Aggregate> rows) {
        Map<Integer, List<Aggregate>> sets = new TreeMap<>();
        for (Aggregate row : rows) {
            sets.computeIfAbsent(DemoFeed.setOf(row.series().sensorId()), s -> new ArrayList<>())
                    .add(row);
        }
        return sets;
    }
}
