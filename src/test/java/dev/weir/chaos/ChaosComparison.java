package dev.weir.chaos;

import dev.weir.config.WeirConfig;
import dev.weir.core.model.Event;
import dev.weir.core.model.Origin;
import dev.weir.core.model.Reading;
import dev.weir.testing.LakeReader;
import dev.weir.testing.TopicReader;
import dev.weir.testing.oracle.Oracle;
import dev.weir.testing.oracle.Outcome;
import dev.weir.testing.outputs.DeadLetters;
import dev.weir.testing.outputs.Differences;
import dev.weir.testing.outputs.Outcomes;
import dev.weir.testing.outputs.PostgresOutputs;
import dev.weir.testing.outputs.Rows;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What came out against what the oracle makes of the topic as it stands in the end. One partition of the input after the other, because a
 * long run does not fit into memory: by the precondition of one partition for each sensor none knows of another.
 */
final class ChaosComparison {
    private static final int GENERATION = 1;
    /**
     * The workload's sensors are numbered, and their partition follows from the number. One whose name is spoiled sends
     * its number + 1,000, as a number; any other name goes with partition 0.
     */
    private static final String LAKE_PARTITION =
            "coalesce(try_cast(substr(sensor_id, 8) AS integer), try_cast(sensor_id AS integer) - 1000, 0) %% %d = %d";

    private static final String POSTGRES_PARTITION =
            "CASE WHEN sensor_id ~ '^sensor-[0-9]+$' THEN substr(sensor_id, 8)::integer "
                    + "WHEN sensor_id ~ '^[0-9]{4,9}$' THEN sensor_id::integer - 1000 ELSE 0 END %% %d = %d";

    private final RunningCluster cluster;
    private final WeirConfig config;
    private final Map<String, Long> books = new TreeMap<>();
    /** By partition of the event. */
    private final Map<Integer, List<ConsumerRecord<byte[], byte[]>>> letters = new HashMap<>();

    private long events;

    ChaosComparison(RunningCluster cluster, WeirConfig config) {
        this.cluster = cluster;
        this.config = config;
    }

    /** Events in the topic; known after {@link #compare}. */
    long events() {
        return events;
    }

    /** @param directory empty, for a copy of the lake */
    Differences compare(Path directory) throws Exception {
        cluster.kafka().awaitTransactionMarkers();
        LakeReader lake = new LakeReader(cluster.lake()).copyTo(directory);
        List<Differences> all = new ArrayList<>();
        try (Connection postgres = cluster.postgres().connect(cluster.database());
                TopicReader topics = new TopicReader(cluster.kafka().bootstrapServers())) {
            topics.all(config.deadLetters().topic(), letter -> letters.computeIfAbsent(
                            DeadLetters.rejects(letter).get(0).origin().partition(), partition -> new ArrayList<>())
                    .add(letter));
            for (int partition = 0; partition < ChaosOptions.PARTITIONS; partition++) {
                List<Event> sent = new ArrayList<>();
                topics.partition(Settings.TOPIC, partition).forEach(record -> sent.add(event(record)));
                ChaosFiles.Read files = ChaosFiles.read(topics.partition(Settings.FILES_TOPIC, partition));
                sent.addAll(files.events);
                files.books.forEach((counter, value) -> books.merge(counter, value, Long::sum));
                all.add(partition(partition, sent, lake, postgres));
            }
            all.add(Outcomes.books(books, PostgresOutputs.books(postgres, config.pipeline())));
        }
        all.add(doubledEmissions(lake));
        return Differences.sum(all);
    }

    private Differences partition(int partition, List<Event> sent, LakeReader lake, Connection postgres)
            throws Exception {
        events += sent.size();
        Outcome oracle = new Oracle(config).judge(sent);
        oracle.books().forEach((counter, value) -> books.merge(counter, value, Long::sum));
        List<ConsumerRecord<byte[], byte[]>> rejected = letters.getOrDefault(partition, List.of());
        DeadLetters.assertOriginalBytes(sent, rejected);
        List<Reading> readings = lake.readings("origin_partition = " + partition);
        String ofPostgres = String.format(POSTGRES_PARTITION, ChaosOptions.PARTITIONS, partition);
        Outcome actual = new Outcome(
                readings.stream().map(Rows::accepted).toList(),
                PostgresOutputs.aggregates(postgres, ofPostgres),
                DeadLetters.rejects(rejected),
                Map.of());
        Outcome expected = new Outcome(oracle.readings(), oracle.aggregates(), oracle.rejects(), Map.of());
        String ofLake = String.format(LAKE_PARTITION, ChaosOptions.PARTITIONS, partition);
        Differences latest = Outcomes.aggregates(
                oracle.aggregates(),
                lake.latestAggregates(ofLake).stream().map(Rows::row).toList());
        letters.remove(partition);
        return Outcomes.differences(expected, actual).plus(latest).plus(otherGenerations(readings));
    }

    /** The state was never lost, so there is only the first one. */
    private static Differences otherGenerations(List<Reading> readings) {
        long others = readings.stream()
                .filter(reading -> reading.generation() != GENERATION)
                .count();
        return others == 0
                ? Differences.NONE
                : new Differences(0, 0, others, others + " readings of another generation than " + GENERATION + "\n");
    }

    /** No revision of a window stands in the lake twice. */
    private static Differences doubledEmissions(LakeReader lake) {
        long doubled = lake
                .select(
                        "aggregates",
                        "count(*)",
                        "GROUP BY sensor_id, metric, window_seconds, window_start, revision, generation HAVING count(*) > 1",
                        row -> row.getLong(1) - 1)
                .stream()
                .mapToLong(Long::longValue)
                .sum();
        return doubled == 0
                ? Differences.NONE
                : new Differences(0, doubled, 0, doubled + " rows of the lake's aggregates are there twice\n");
    }

    private static Event event(ConsumerRecord<byte[], byte[]> record) {
        Origin origin = new Origin(record.topic(), record.partition(), record.offset(), record.timestamp());
        return new Event(origin, record.key(), record.value());
    }
}
