package dev.weir.source;

import dev.weir.core.model.Event;
import dev.weir.core.model.Origin;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Emits one {@link Event} for every record, including Kafka's tombstones, with the record's bytes uncopied and its
 * origin. Emits one for each lost range, too. Never throws, because an exception would fail the job on the same record
 * after each restart.
 */
final class EventDeserializer implements KafkaRecordDeserializationSchema<Event> {
    private static final long serialVersionUID = 1L;

    private final TypeInformation<Event> type;

    EventDeserializer(TypeInformation<Event> type) {
        this.type = type;
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
        out.collect(new Event(origin, record.key(), record.value()));
    }

    @Override
    public TypeInformation<Event> getProducedType() {
        return type;
    }
}
