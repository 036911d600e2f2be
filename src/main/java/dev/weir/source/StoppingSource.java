package dev.weir.source;

import dev.weir.config.WeirConfig;
import dev.weir.core.model.Event;
import dev.weir.kafka.KafkaClients;
import java.util.Properties;
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
 * Wraps Kafka's source so that it ends where the present configuration says, even after a restore. The connector alone
 * keeps the ends of the state: a bounded run that starts from an unbounded run's savepoint would never end. Its readers
 * also keep the topic's id beside each position, and count the offsets that were deleted before they were read.
 */
final class StoppingSource
        implements Source<Event, KafkaPartitionSplit, KafkaSourceEnumState>, ResultTypeQueryable<Event> {
    private static final long serialVersionUID = 2L;

    private final KafkaSource<Event> kafka;
    private final EventDeserializer deserializer;
    private final Properties client;
    private final SplitEnds splitEnds;
    private final WeirConfig.Kafka options;
    private final FileInputs files;
    private final boolean holdsTheEnd;

    /**
     * Creates the source.
     *
     * @param client the properties of the readers' consumers
     * @param files which topics announce files
     * @param holdsTheEnd see {@link EventSource#create(WeirConfig, TypeInformation, EndOffsets, boolean)}
     */
    StoppingSource(
            KafkaSource<Event> kafka,
            EventDeserializer deserializer,
            Properties client,
            SplitEnds splitEnds,
            WeirConfig.Kafka options,
            FileInputs files,
            boolean holdsTheEnd) {
        this.holdsTheEnd = holdsTheEnd;
        this.kafka = kafka;
        this.deserializer = deserializer;
        this.client = client;
        this.splitEnds = splitEnds;
        this.options = options;
        this.files = files;
    }

    @Override
    public Boundedness getBoundedness() {
        return kafka.getBoundedness();
    }

    @Override
    public SourceReader<Event, KafkaPartitionSplit> createReader(SourceReaderContext context) {
        InputTopics topics = new InputTopics(client);
        TopicIds ids = new TopicIds(options);
        return new StoppingReader(
                EventReader.create(client, deserializer, context, topics, ids, files),
                splitEnds,
                topics,
                ids,
                new Refusals(options),
                SystemClock.getInstance(),
                holdsTheEnd);
    }

    @Override
    public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> createEnumerator(
            SplitEnumeratorContext<KafkaPartitionSplit> context) {
        KafkaClients.requireReadableOn("the JobManager", options);
        Refusals refusals = new Refusals(options);
        var fresh = kafka.createEnumerator(new FailOnRefusalContext(context, refusals));
        return bounded() ? new EndingEnumerator(fresh, context, false, !splitEnds.remembersFinished()) : fresh;
    }

    @Override
    public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> restoreEnumerator(
            SplitEnumeratorContext<KafkaPartitionSplit> context, KafkaSourceEnumState state) throws Exception {
        var restored = kafka.restoreEnumerator(context, splitEnds.taken(state));
        boolean keepsEnds = !splitEnds.remembersFinished() || SplitEnds.hasEnds(state);
        return bounded() ? new EndingEnumerator(restored, context, true, keepsEnds) : restored;
    }

    private boolean bounded() {
        return getBoundedness() == Boundedness.BOUNDED;
    }

    @Override
    public SimpleVersionedSerializer<KafkaPartitionSplit> getSplitSerializer() {
        return new IdentifiedSplitSerializer(kafka.getSplitSerializer(), !files.none());
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
