package dev.weir.source;

import dev.weir.config.WeirConfig;
import dev.weir.core.model.Event;
import dev.weir.kafka.KafkaClients;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.util.clock.SystemClock;

/**
 * The Kafka source whose end is the present configuration's, also where it goes on from state. The connector alone keeps what the state
 * says: a bounded run from an unbounded one's savepoint would never end.
 */
final class StoppingSource
        implements Source<Event, KafkaPartitionSplit, KafkaSourceEnumState>, ResultTypeQueryable<Event> {
    private static final long serialVersionUID = 1L;

    private final KafkaSource<Event> kafka;
    private final Stops stops;
    private final WeirConfig.Kafka options;

    StoppingSource(KafkaSource<Event> kafka, Stops stops, WeirConfig.Kafka options) {
        this.kafka = kafka;
        this.stops = stops;
        this.options = options;
    }

    @Override
    public Boundedness getBoundedness() {
        return kafka.getBoundedness();
    }

    @Override
    public SourceReader<Event, KafkaPartitionSplit> createReader(SourceReaderContext context) throws Exception {
        return new StoppingReader(kafka.createReader(context), stops, new Refusals(options), SystemClock.getInstance());
    }

    @Override
    public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> createEnumerator(
            SplitEnumeratorContext<KafkaPartitionSplit> context) {
        KafkaClients.requireReadableOn("the JobManager", options);
        Refusals refusals = new Refusals(options);
        return kafka.createEnumerator(new JudgingContext(context, refusals));
    }

    @Override
    public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> restoreEnumerator(
            SplitEnumeratorContext<KafkaPartitionSplit> context, KafkaSourceEnumState state) throws Exception {
        var restored = kafka.restoreEnumerator(context, stops.taken(state));
        return getBoundedness() == Boundedness.BOUNDED ? new EndingEnumerator(restored, context) : restored;
    }

    @Override
    public SimpleVersionedSerializer<KafkaPartitionSplit> getSplitSerializer() {
        return kafka.getSplitSerializer();
    }

    @Override
    public SimpleVersionedSerializer<KafkaSourceEnumState> getEnumeratorCheckpointSerializer() {
        return kafka.getEnumeratorCheckpointSerializer();
    }

    @Override
    public TypeInformation<Event> getProducedType() {
        return kafka.getProducedType();
    }
}
