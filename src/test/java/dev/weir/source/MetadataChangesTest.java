package dev.weir.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.util.clock.ManualClock;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.ClusterResource;
import org.junit.jupiter.api.Test;

/** When the broker is asked whether topics are still the same. The clock is the test's. */
class MetadataChangesTest {
    private static final Duration SELDOM = Duration.ofSeconds(10);

    private final ManualClock clock = new ManualClock(42);
    private final MetadataChanges changes = new MetadataChanges(clock);

    @Test
    void recordsUnderMetadataThatIsKnownNeedNoQuestion() {
        changes.fetched();

        assertThat(changes.due()).isFalse();
    }

    @Test
    void recordsUnderNewMetadataWaitForTheAnswer() {
        changes.changed();
        assertThat(changes.due()).as("no record yet").isFalse();

        changes.fetched();
        assertThat(changes.due()).isTrue();

        changes.asking();
        changes.fetched();
        assertThat(changes.due()).isFalse();
    }

    @Test
    void aChangeWhileSomebodyAsksIsAnother() {
        changes.changed();
        changes.fetched();
        changes.asking();
        changes.changed();
        changes.fetched();

        assertThat(changes.due()).isTrue();
    }

    @Test
    void withoutRecordsTheQuestionCanWait() {
        changes.changed();
        clock.advanceTime(SELDOM.minusMillis(1));
        assertThat(changes.due()).isFalse();

        clock.advanceTime(Duration.ofMillis(1));
        assertThat(changes.due()).isTrue();
    }

    /** The broker that was asked may not have heard of the change that the consumer has heard of. */
    @Test
    void eachChangeIsAskedForOnceMoreLater() {
        changes.changed();
        changes.fetched();
        changes.asking();

        clock.advanceTime(SELDOM);
        assertThat(changes.due()).isTrue();

        changes.asking();
        clock.advanceTime(SELDOM);
        assertThat(changes.due()).isFalse();
    }

    @Test
    void recordsWaitUntilSomebodyAnswers() {
        changes.changed();
        changes.fetched();
        changes.asking();
        changes.notAnswered();

        assertThat(changes.due()).isTrue();
    }

    @Test
    void aConsumersListenerTellsOfMetadataAndRecordsAndLeavesOtherInterceptorsInPlace() {
        Properties client = new Properties();
        client.setProperty("interceptor.classes", "a.B , c.D");
        Properties listening = MetadataListener.with(client, changes);

        assertThat(listening.get("interceptor.classes")).isEqualTo(List.of(MetadataListener.class, "a.B", "c.D"));
        assertThat(client).containsOnly(Map.entry("interceptor.classes", "a.B , c.D"));

        MetadataListener listener = new MetadataListener();
        listener.configure(Map.of("weir.metadata.changes", changes));
        listener.onUpdate(new ClusterResource("any"));
        listener.onConsume(ConsumerRecords.empty());
        assertThat(changes.due()).isTrue();
    }
}
