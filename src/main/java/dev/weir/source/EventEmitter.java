package dev.weir.source;

import dev.weir.core.model.Event;
import java.io.IOException;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.connector.base.source.reader.RecordEmitter;
import org.apache.flink.connector.kafka.source.reader.KafkaRecordEmitter;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplitState;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Emits the event of each record, and moves the split's position behind it. Behind a row of a file that is the next row, not the next
 * record. Belongs to the task's thread, which takes checkpoints between any two records.
 */
final class EventEmitter implements RecordEmitter<ConsumerRecord<byte[], byte[]>, Event, KafkaPartitionSplitState> {
    private final EventDeserializer deserializer;
    private final KafkaRecordEmitter<Event> records;
    private final Output output = new Output();

    EventEmitter(EventDeserializer deserializer) {
        this.deserializer = deserializer;
        this.records = new KafkaRecordEmitter<>(deserializer);
    }

    @Override
    public void emitRecord(
            ConsumerRecord<byte[], byte[]> record, SourceOutput<Event> to, KafkaPartitionSplitState position)
            throws Exception {
        if (!(record instanceof FileRecord part)) {
            records.emitRecord(record, to, position);
            return;
        }
        output.source = to;
        output.timestamp = record.timestamp();
        deserializer.deserialize(record, output);
        FileSplitState state = (FileSplitState) position;
        if (part instanceof FileRow row) {
            state.emitted(row);
        } else if (part instanceof FileEnd end) {
            state.emitted(end);
        } else {
            throw new IOException("a record of a file that is neither a row nor an outcome: " + part.getClass());
        }
    }

    private static final class Output implements Collector<Event> {
        private SourceOutput<Event> source;
        private long timestamp;

        @Override
        public void collect(Event event) {
            source.collect(event, timestamp);
        }

        @Override
        public void close() {}
    }
}
