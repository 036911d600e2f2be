package dev.weir.demo;

import static dev.weir.demo.DemoFeed.utf8;

import dev.weir.core.model.Event;
import dev.weir.core.model.Origin;
import dev.weir.testing.KafkaBroker;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Sends each row as a record, all stations at once, hour by hour. */
final class RecordFeed implements DemoFeed {
    private static final int BATCH = 20_000;

    private final Excerpt excerpt;
    private final int sets;
    private final long timestampMillis;

    /** @param timestampMillis of every record: an upload of what was measured before */
    RecordFeed(Excerpt excerpt, int sets, long timestampMillis) {
        this.excerpt = excerpt;
        this.sets = sets;
        this.timestampMillis = timestampMillis;
    }

    @Override
    public long events() {
        return (long) excerpt.rows().size() * sets;
    }

    @Override
    public int files() {
        return 0;
    }

    @Override
    public String describe() {
        return Terminal.number(events()) + " rows of " + Terminal.number(12L * sets) + " stations in topic "
                + DemoOptions.TOPIC + ", months "
                + String.join(", ", excerpt.months().keySet());
    }

    @Override
    public void send(KafkaBroker broker) {
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

    @Override
    public List<Event> eventsOf(int set) {
        List<Event> events = new ArrayList<>(excerpt.rows().size());
        forEach((of, event) -> {
            if (of == set) {
                events.add(event);
            }
        });
        return events;
    }

    private interface Visitor {
        void visit(int set, Event event);
    }

    private void forEach(Visitor visitor) {
        long[] offsets = new long[PARTITIONS];
        for (Excerpt.Row row : excerpt.rows()) {
            for (int set = 1; set <= sets; set++) {
                Excerpt.Row sent = row.ofSet(set);
                int partition = DemoFeed.partitionOf(sent.station());
                Origin origin = new Origin(DemoOptions.TOPIC, partition, offsets[partition]++, timestampMillis);
                visitor.visit(set, new Event(origin, utf8(sent.station()), utf8(sent.text())));
            }
        }
    }
}
