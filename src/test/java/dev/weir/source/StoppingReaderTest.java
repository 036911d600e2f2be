package dev.weir.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.weir.config.WeirConfig;
import dev.weir.config.WeirConfig.Start;
import dev.weir.config.WeirConfig.Stop;
import dev.weir.core.model.Event;
import dev.weir.failure.RefusedException;
import dev.weir.testing.KafkaConfigs;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.util.clock.ManualClock;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.junit.jupiter.api.Test;

/** When a refusal by the broker is a mistake of the start, and when it passes. The clock is the test's. */
class StoppingReaderTest {
    private static final Duration TWO_MINUTES = Duration.ofMinutes(2);
    private static final SaslAuthenticationException REFUSED = new SaslAuthenticationException("no such user");

    private final ManualClock clock = new ManualClock(42);
    private List<KafkaPartitionSplit> reading = List.of();
    private InputStatus status = InputStatus.NOTHING_AVAILABLE;
    private final StoppingReader reader = new StoppingReader(
            kafka(), splitEnds(), topics(), new TopicIds(options()), new Refusals(options()), clock, false);

    @Test
    void aRefusalOfAReaderThatHasNeverReadEndsTheJob() throws Exception {
        reader.start();
        reader.pollNext(null);

        assertThat(refusal()).isInstanceOf(RefusedException.class).hasMessageContaining("sasl.jaas.config");
    }

    @Test
    void aCheckpointWithinTwoMinutesProvesNothing() throws Exception {
        reader.start();
        clock.advanceTime(TWO_MINUTES);
        reader.notifyCheckpointComplete(1);

        assertThat(refusal()).isInstanceOf(RefusedException.class);
    }

    @Test
    void aCheckpointAfterTwoMinutesOfSilenceProvesThatOneMayRead() throws Exception {
        reader.start();
        clock.advanceTime(TWO_MINUTES.plusNanos(1));
        assertThat(refusal()).as("no checkpoint yet").isInstanceOf(RefusedException.class);

        reader.notifyCheckpointComplete(1);

        assertThat(refusal()).isSameAs(REFUSED);
    }

    @Test
    void aRecordProvesIt() throws Exception {
        reader.start();
        status = InputStatus.MORE_AVAILABLE;
        reader.pollNext(null);

        assertThat(refusal()).isSameAs(REFUSED);
    }

    @Test
    void aSplitFromStateProvesIt() {
        reader.addSplits(List.of(split()));
        reader.start();

        assertThat(refusal()).isSameAs(REFUSED);
    }

    @Test
    void aSplitThatIsNewProvesNothing() {
        reader.start();
        reader.addSplits(List.of(split()));

        assertThat(refusal()).isInstanceOf(RefusedException.class);
    }

    /** The connector knows of a finished split no more. */
    @Test
    void theStateHoldsWhatIsFinishedAndNoEnds() {
        StoppingReader bounded = bounded(false);
        bounded.start();
        bounded.addSplits(List.of(split(), new KafkaPartitionSplit(new TopicPartition("readings", 1), 5)));
        reading = List.of(new KafkaPartitionSplit(new TopicPartition("readings", 0), 93, 100));

        assertThat(bounded.snapshotState(1))
                .containsExactlyInAnyOrder(
                        new KafkaPartitionSplit(new TopicPartition("readings", 0), 93),
                        new KafkaPartitionSplit(new TopicPartition("readings", 1), 7));
    }

    @Test
    void aReaderThatHoldsTheEndFallsSilentAndSaysSo() throws Exception {
        StoppingReader holding = bounded(true);
        holding.start();
        status = InputStatus.END_OF_INPUT;
        List<String> said = new ArrayList<>();

        assertThat(holding.pollNext(output(said))).isEqualTo(InputStatus.NOTHING_AVAILABLE);

        assertThat(said).containsExactly("markIdle");
        assertThat(holding.isAvailable()).isNotDone();
        assertThat(bounded(false).pollNext(output(said))).isEqualTo(InputStatus.END_OF_INPUT);
    }

    private StoppingReader bounded(boolean holdsTheEnd) {
        EndOffsets ends =
                new EndOffsets(Map.of(new TopicPartition("readings", 0), 100L, new TopicPartition("readings", 1), 7L));
        SplitEnds splitEnds = new SplitEnds(new Properties(), OffsetsInitializer.latest(), ends);
        return new StoppingReader(
                kafka(), splitEnds, topics(), new TopicIds(options()), new Refusals(options()), clock, holdsTheEnd);
    }

    @SuppressWarnings("unchecked")
    private static ReaderOutput<Event> output(List<String> said) {
        return (ReaderOutput<Event>) Proxy.newProxyInstance(
                ReaderOutput.class.getClassLoader(), new Class<?>[] {ReaderOutput.class}, (proxy, method, args) -> {
                    said.add(method.getName());
                    return null;
                });
    }

    /** What the job is told when the broker refuses now. */
    private Throwable refusal() {
        status = null;
        return catchThrowable(() -> reader.pollNext(null));
    }

    /** Kafka's reader: says the status, or is refused if there is none. */
    @SuppressWarnings("unchecked")
    private SourceReader<Event, KafkaPartitionSplit> kafka() {
        return (SourceReader<Event, KafkaPartitionSplit>) Proxy.newProxyInstance(
                SourceReader.class.getClassLoader(), new Class<?>[] {SourceReader.class}, (proxy, method, args) -> {
                    if (method.getName().equals("snapshotState")) {
                        return reading;
                    }
                    if (!method.getName().equals("pollNext")) {
                        return null;
                    }
                    if (status == null) {
                        throw REFUSED;
                    }
                    return status;
                });
    }

    private static KafkaPartitionSplit split() {
        return new KafkaPartitionSplit(new TopicPartition("readings", 0), 90);
    }

    /** No broker knows the topics. */
    private static InputTopics topics() {
        return new InputTopics(new Properties()) {
            @Override
            Map<String, String> ids(Collection<String> topics, Duration within) {
                return Map.of();
            }
        };
    }

    private static SplitEnds splitEnds() {
        return new SplitEnds(new Properties(), null, null);
    }

    private static WeirConfig.Kafka options() {
        return new WeirConfig.Kafka(
                "kafka:9092",
                List.of("readings"),
                null,
                "weir",
                KafkaConfigs.start(Start.Mode.EARLIEST),
                KafkaConfigs.stop(Stop.Mode.NEVER),
                Map.of());
    }
}
