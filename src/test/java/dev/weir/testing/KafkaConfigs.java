package dev.weir.testing;

import dev.weir.config.WeirConfig;
import dev.weir.config.WeirConfig.DeadLetters;
import dev.weir.config.WeirConfig.Start;
import dev.weir.config.WeirConfig.Stop;
import dev.weir.core.catalog.Catalog;
import dev.weir.core.catalog.Input;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Configurations of which only the Kafka part and the dead letters are set. */
public final class KafkaConfigs {
    /** Needs no header of a record. */
    private static final Catalog NO_INPUTS = new Catalog(List.of(), Map.of(), Catalog.UnknownMetric.REJECT, null);

    public static WeirConfig of(WeirConfig.Kafka kafka, String deadLetterTopic) {
        return of("test", kafka, deadLetterTopic);
    }

    public static WeirConfig of(String pipeline, WeirConfig.Kafka kafka, String deadLetterTopic) {
        return new WeirConfig(
                pipeline,
                kafka,
                null,
                null,
                null,
                null,
                null,
                new DeadLetters(deadLetterTopic, DeadLetters.Payload.ORIGINAL),
                false,
                NO_INPUTS);
    }

    /** A pipeline named like its topic, so that several can run on one broker; its consumer group is {@code test}. */
    public static WeirConfig of(KafkaBroker broker, String topic, Start start, Stop stop) {
        return of(
                topic,
                new WeirConfig.Kafka(broker.bootstrapServers(), List.of(topic), null, "test", start, stop, Map.of()),
                topic + "-dlq");
    }

    public static WeirConfig ofPattern(KafkaBroker broker, String pattern, String deadLetterTopic) {
        return of(
                new WeirConfig.Kafka(
                        broker.bootstrapServers(),
                        List.of(),
                        pattern,
                        "test",
                        start(Start.Mode.EARLIEST),
                        stop(Stop.Mode.LATEST),
                        Map.of()),
                deadLetterTopic);
    }

    /** The same with a catalog that has these inputs, and no metrics. */
    public static WeirConfig with(WeirConfig config, List<Input> inputs) {
        return new WeirConfig(
                config.pipeline(),
                config.kafka(),
                config.time(),
                config.windows(),
                config.stateRetention(),
                config.lake(),
                config.postgres(),
                config.deadLetters(),
                config.rewind(),
                new Catalog(inputs, Map.of(), Catalog.UnknownMetric.REJECT, null));
    }

    public static Start start(Start.Mode mode) {
        return new Start(mode, null);
    }

    public static Start startAt(long epochMillis) {
        return new Start(Start.Mode.AT, Instant.ofEpochMilli(epochMillis));
    }

    public static Stop stop(Stop.Mode mode) {
        return new Stop(mode, null);
    }

    public static Stop stopAt(long epochMillis) {
        return new Stop(Stop.Mode.AT, Instant.ofEpochMilli(epochMillis));
    }

    private KafkaConfigs() {}
}
