package dev.weir.source;

import dev.weir.core.model.Event;
import dev.weir.core.model.Origin;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * Emits one {@link Event} for every record, including Kafka's tombstones, with the record's bytes uncopied and its
 * origin, and with the headers that the catalog names. Emits one for each lost range, too, and for each row and outcome
 * of an announced file. Never throws, because an exception would fail the job on the same record after each restart.
 */
final class EventDeserializer implements KafkaRecordDeserializationSchema<Event> {
    private static final long serialVersionUID = 1L;

    private final TypeInformation<Event> type;
    private final Set<String> headers;
    /** The headers of the last announcement, and those of them to keep. */
    private transient Headers announced;

    private transient List<Event.Header> keptOfAnnounced;

    /** @param headers names of the headers to keep */
    EventDeserializer(TypeInformation<Event> type, Set<String> headers) {
        this.type = type;
        this.headers = new HashSet<>(headers);
    }

    /** Emits the event. The topic's string is the consumer's own, one object for all records of a partition. */
    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<Event> out) {
        Origin origin = new Origin(record.topic(), record.partition(), record.offset(), record.timestamp());
        if (record instanceof SkippedRange range) {
            if (range.lost() > 0) {
                out.collect(Event.lost(origin, range.lost()));
            }
            return;
        }
        if (record instanceof FileRecord part) {
            out.collect(event(part, origin));
            return;
        }
        out.collect(
                headers.isEmpty()
                        ? new Event(origin, record.key(), record.value())
                        : new Event(origin, record.key(), record.value(), kept(record.headers())));
    }

    private Event event(FileRecord part, Origin announcement) {
        long number = part instanceof FileRow row ? row.number() : 0;
        Origin origin = new Origin(
                announcement.topic(),
                announcement.partition(),
                announcement.offset(),
                announcement.timestampMillis(),
                part.uri(),
                number);
        return part instanceof FileRow row
                ? Event.row(origin, row.key(), row.value(), keptOfAll(row.headers()), row.head())
                : Event.outcome(origin, part.key(), part.value(), ((FileEnd) part).outcome());
    }

    /** Returns the headers to keep, one list for all rows of a file. */
    private List<Event.Header> keptOfAll(Headers all) {
        if (headers.isEmpty()) {
            return List.of();
        }
        if (all != announced) {
            announced = all;
            keptOfAnnounced = kept(all);
        }
        return keptOfAnnounced;
    }

    private List<Event.Header> kept(Headers all) {
        List<Event.Header> kept = new ArrayList<>();
        for (Header header : all) {
            if (headers.contains(header.key())) {
                kept.add(new Event.Header(header.key(), header.value()));
            }
        }
        return kept;
    }

    @Override
    public TypeInformation<Event> getProducedType() {
        return type;
    }
}
