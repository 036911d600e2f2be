package dev.weir.bench;

import dev.weir.config.WeirConfig;
import dev.weir.core.model.Aggregate;
import dev.weir.core.model.Event;
import dev.weir.core.model.Origin;
import dev.weir.testing.TopicReader;
import dev.weir.testing.oracle.Accepted;
import dev.weir.testing.oracle.Oracle;
import dev.weir.testing.oracle.Outcome;
import dev.weir.testing.oracle.Rejected;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What must come of a topic, by the oracle. Readings and rejects are kept as sums of hashes, which no order changes: of ten million
 * neither the list nor a sorted file would be worth its room.
 */
final class Truth {
    final List<Aggregate> rows = new ArrayList<>();
    final Map<String, Long> books = new TreeMap<>();
    /** By minute of event time. */
    final Map<Long, Digest> readings = new HashMap<>();

    final Map<String, Digest> rejects = new TreeMap<>();

    /** Announced files; 0 if the records are the events. */
    long files;

    /** One partition at a time: no series spans two, and all at once would not fit. */
    static Truth of(WeirConfig config, String topic, boolean inFiles) {
        Truth truth = new Truth();
        try (TopicReader reader = new TopicReader(config.kafka().bootstrapServers())) {
            for (int partition = 0; partition < Feeder.PARTITIONS; partition++) {
                List<Event> events = new ArrayList<>();
                for (ConsumerRecord<byte[], byte[]> record : reader.partition(topic, partition)) {
                    if (inFiles) {
                        truth.files++;
                        addRows(record, events);
                    } else {
                        Origin origin = new Origin(topic, partition, record.offset(), record.timestamp());
                        events.add(new Event(origin, null, record.value()));
                    }
                }
                truth.add(new Oracle(config).judge(events));
            }
        }
        if (truth.files > 0) {
            truth.books.put("files.announced", truth.files);
            truth.books.put("files.read", truth.files);
        }
        return truth;
    }

    private static void addRows(ConsumerRecord<byte[], byte[]> announcement, List<Event> events) {
        String uri = new String(announcement.value(), StandardCharsets.UTF_8);
        long row = 0;
        for (String text : RowFiles.read(uri)) {
            Origin origin = new Origin(
                    announcement.topic(),
                    announcement.partition(),
                    announcement.offset(),
                    announcement.timestamp(),
                    uri,
                    ++row);
            events.add(new Event(origin, null, text.getBytes(StandardCharsets.UTF_8)));
        }
    }

    private void add(Outcome outcome) {
        rows.addAll(outcome.aggregates());
        outcome.books().forEach((counter, value) -> books.merge(counter, value, Long::sum));
        for (Accepted reading : outcome.readings()) {
            readings.computeIfAbsent(Digest.minute(reading.eventTimeMicros()), minute -> new Digest())
                    .add(Digest.hash(
                            reading.series().sensorId(),
                            reading.series().metric(),
                            reading.eventTimeMicros(),
                            reading.value(),
                            reading.unit(),
                            reading.site(),
                            reading.quality()));
        }
        outcome.rejects().forEach(this::add);
    }

    private void add(Rejected rejected) {
        reject(rejects, rejected);
    }

    /** Counted by reason, with the hash of where it came from. */
    static void reject(Map<String, Digest> rejects, Rejected rejected) {
        rejects.computeIfAbsent(rejected.reason().name(), reason -> new Digest())
                .add(Digest.hash(
                        rejected.origin().partition(),
                        rejected.origin().offset(),
                        rejected.origin().row(),
                        rejected.metric()));
    }
}
