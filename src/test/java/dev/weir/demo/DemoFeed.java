package dev.weir.demo;

import dev.weir.core.model.Event;
import dev.weir.core.model.Origin;
import dev.weir.testing.KafkaBroker;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * The feed: the excerpt, sent by one or more sets of stations at once, hour by hour. A station has one partition, for ever, and every
 * record's place in the topic is known beforehand; so the oracle gets the events without reading them from Kafka.
 */
final class DemoFeed {
    static final int PARTITIONS = 4;
    private static final int BATCH = 20_000;

    private final Excerpt excerpt;
    private final int sets;
    private final long timestampMillis;

    /** @param timestampMillis of every record: an upload of what was measured before */
    DemoFeed(Excerpt excerpt, int sets, long timestampMillis) {
        this.excerpt = excerpt;
        this.sets = sets;
        this.timestampMillis = timestampMillis;
    }

    long events() {
        return (long) excerpt.rows().size() * sets;
    }

    /** The topic is there, keeps what is old, and holds all events. */
    void send(KafkaBroker broker) {
        broker.createTopic(DemoOptions.TOPIC, PARTITIONS, Map.of("retention.ms", "-1"));
        List<ProducerRecord<byte[], byte[]>> batch = new ArrayList<>(BATCH);
        forEach((set, event) -> {
            Origin origin = event.origin();
            batch.add(new ProducerRecord<>(
                    origin.topic(), origin.partition(), origin.timestampMillis(), event.key(), event.value()));
            if (batch.size() == BATCH) {
                broker.send(batch);
                batch.clear();
            }
        });
        broker.send(batch);
    }

    /** The events of one set of stations, in the order in which they were sent. */
    List<Event> eventsOf(int set) {
        List<Event> events = new ArrayList<>(excerpt.rows().size());
        forEach((of, event) -> {
            if (of == set) {
                events.add(event);
            }
        });
        return events;
    }

    /** Which set of stations a sensor is of. */
    static int setOf(String sensorId) {
        int dash = sensorId.lastIndexOf('-');
        return dash < 0 ? 1 : Integer.parseInt(sensorId.substring(dash + 1));
    }

    static int partitionOf(String station) {
        return Math.floorMod(station.hashCode(), PARTITIONS);
    }

    private interface Visitor {
        void visit(int set, Event event);
    }

    private void forEach(Visitor visitor) {
        long[] offsets = new long[PARTITIONS];
        for (Excerpt.Row row : excerpt.rows()) {
            for (int set = 1; set <= sets; set++) {
                Excerpt.Row sent = row.ofSet(set);
                int partition = partitionOf(sent.station());
                Origin origin = new Origin(DemoOptions.TOPIC, partition, offsets[partition]++, timestampMillis);
                visitor.visit(set, new Event(origin, utf8(sent.station()), utf8(sent.text())));
            }
        }
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
