package dev.weir.source;

import dev.weir.core.model.Event;
import dev.weir.core.model.Origin;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Hands on every record, tombstones too, as one {@link Event}: its bytes uncopied and where it stood; and an event for each
 * range that was lost. Never throws, for an exception here would fail the job on the same record again after each restart.
 */
final class EventDeserializer implements KafkaRecordDeserializationSchema<Event> {
    private static final long serialVersionUID = 1L;

    private final TypeInformation<Event> type;

    EventDeserializer(TypeInformation<Event> type) {
        this.type = type;
    }

    /** The topic's string is the consumer's own, one for all records of a partition. */
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
