package dev.weir.bench;

import dev.weir.core.model.Aggregate;
import dev.weir.core.model.SeriesKey;
import dev.weir.testing.KafkaBroker;
import dev.weir.testing.LakeReader;
import dev.weir.testing.TopicReader;
import dev.weir.testing.outputs.DeadLetters;
import dev.weir.testing.outputs.Outcomes;
import dev.weir.testing.outputs.PostgresOutputs;
import dev.weir.testing.outputs.Rows;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Compares what one run left behind with the truth. A time counts only after that. */
final class Verification {
    private static final String WEIR_READING = "sensor_id, metric, epoch_us(event_time), value, unit, site, quality";
    private static final String PLAIN_READING = "sensorId, metric, eventTime * 1000, value, unit, site, 0";
    private static final String PLAIN_ROWS =
            "SELECT sensor_id, metric, (extract(epoch FROM window_start) * 1000000)::bigint, site, unit, count, sum, min, max,"
                    + " mean, stddev, first_value, last_value FROM plain_windows";
    private static final int WINDOW_SECONDS = 60;

    private final Task task;
    private final KafkaBroker kafka;
    private final Truth truth;

    Verification(Task task, KafkaBroker kafka, Truth truth) {
        this.task = task;
        this.kafka = kafka;
        this.truth = truth;
    }

    /** @throws AssertionError that says how the outputs differ */
    void weir() throws SQLException {
        try (Connection connection = connect()) {
            Outcomes.assertAggregates(truth.rows, PostgresOutputs.aggregates(connection));
            Outcomes.assertBooks(truth.books, PostgresOutputs.books(connection, WeirContender.PIPELINE));
        }
        LakeReader lake = new LakeReader(task.lake());
        Outcomes.assertAggregates(
                truth.rows, lake.latestAggregates().stream().map(Rows::row).toList());
        equal("readings by minute", truth.readings, readings(lake, WEIR_READING));
        Map<String, Digest> rejects = new TreeMap<>();
        letters(letter -> DeadLetters.rejects(letter).forEach(rejected -> Truth.reject(rejects, rejected)));
        equal("dead letters by reason", truth.rejects, rejects);
    }

    /** What it promises: its readings and windows; and that it turned aside as many for each reason. Duplicates it only drops. */
    void plain() throws SQLException {
        try (Connection connection = connect()) {
            Outcomes.assertAggregates(truth.rows, plainRows(connection));
        }
        equal("readings by minute", truth.readings, readings(new LakeReader(task.lake()), PLAIN_READING));
        Map<String, Long> expected = new TreeMap<>();
        truth.rejects.forEach((reason, digest) -> expected.put(reason, digest.count()));
        expected.remove("DUPLICATE");
        Map<String, Long> counts = new TreeMap<>();
        letters(letter -> counts.merge(
                new String(letter.headers().lastHeader("reason").value(), StandardCharsets.UTF_8), 1L, Long::sum));
        equal("dead letters by reason", expected, counts);
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(task.postgresUrl(), task.postgresUser(), task.postgresPassword());
    }

    private void letters(Consumer<ConsumerRecord<byte[], byte[]>> each) {
        kafka.awaitTransactionMarkers();
        try (TopicReader reader = new TopicReader(kafka.bootstrapServers())) {
            reader.all(task.deadLetterTopic(), each);
        }
    }

    private static Map<Long, Digest> readings(LakeReader lake, String columns) throws SQLException {
        Map<Long, Digest> digests = new HashMap<>();
        if (lake.files("readings").isEmpty()) {
            return digests;
        }
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT " + columns + " FROM read_parquet("
                        + lake.glob("readings") + ", hive_partitioning = false)")) {
            while (row.next()) {
                long micros = row.getLong(3);
                digests.computeIfAbsent(Digest.minute(micros), minute -> new Digest())
                        .add(Digest.hash(
                                row.getString(1),
                                row.getString(2),
                                micros,
                                row.getDouble(4),
                                row.getString(5),
                                row.getString(6),
                                row.getInt(7)));
            }
        }
        return digests;
    }

    private static List<Aggregate> plainRows(Connection connection) throws SQLException {
        List<Aggregate> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(PLAIN_ROWS)) {
            while (row.next()) {
                rows.add(Aggregate.builder()
                        .series(new SeriesKey(row.getString(1), row.getString(2)))
                        .windowSeconds(WINDOW_SECONDS)
                        .windowStartMicros(row.getLong(3))
                        .site(row.getString(4))
                        .unit(row.getString(5))
                        .count(row.getLong(6))
                        .sum(row.getDouble(7))
                        .min(row.getDouble(8))
                        .max(row.getDouble(9))
                        .mean(row.getDouble(10))
                        .stddev((Double) row.getObject(11))
                        .firstValue(row.getDouble(12))
                        .lastValue(row.getDouble(13))
                        .build());
            }
        }
        return rows;
    }

    private static void equal(String what, Map<?, ?> expected, Map<?, ?> actual) {
        if (!expected.equals(actual)) {
            throw new AssertionError(what + "\n  expected " + expected + "\n  got      " + actual);
        }
    }
}
