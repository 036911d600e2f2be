package dev.weir.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.core.model.Event;
import dev.weir.core.model.Origin;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class EventDeserializerTest {
    private final List<Event> events = new ArrayList<>();
    private final EventDeserializer deserializer = new EventDeserializer(TypeInformation.of(Event.class), Set.of());

    @Test
    void handsOnTheBytesAndWhereTheyStood() {
        byte[] key = {1};
        byte[] value = {(byte) 0xFF, 0};
        deserializer.deserialize(record("t", key, value), new ListCollector<>(events));

        assertThat(events).hasSize(1);
        assertThat(events.get(0).origin()).isEqualTo(new Origin("t", 3, 42, 1_000));
        assertThat(events.get(0).key()).isSameAs(key);
        assertThat(events.get(0).value()).isSameAs(value);
    }

    @Test
    void handsOnATombstoneAndARecordWithoutKey() {
        deserializer.deserialize(record("t", null, null), new ListCollector<>(events));

        assertThat(events).hasSize(1);
        assertThat(events.get(0).key()).isNull();
        assertThat(events.get(0).value()).isNull();
    }

    @Test
    void handsOnALostRangeAsOneEventThatEndsWithItsLastOffset() {
        TopicPartition partition = new TopicPartition("t", 3);
        deserializer.deserialize(new SkippedRange(partition, 50, 8), new ListCollector<>(events));
        deserializer.deserialize(new SkippedRange(partition, 40, 0), new ListCollector<>(events));

        assertThat(events).as("nothing of a jump without loss").hasSize(1);
        assertThat(events.get(0).lost()).isEqualTo(8);
        assertThat(events.get(0).origin().offset()).isEqualTo(49);
    }

    @Test
    void roundsAnInstantUpToTheFirstMillisecondNotBeforeIt() {
        assertThat(EventSource.firstMillisNotBefore(Instant.ofEpochMilli(5))).isEqualTo(5);
        assertThat(EventSource.firstMillisNotBefore(Instant.ofEpochMilli(5).plusNanos(1)))
                .isEqualTo(6);
        assertThat(EventSource.firstMillisNotBefore(Instant.ofEpochMilli(-5).plusNanos(1)))
                .isEqualTo(-4);
    }

    private static ConsumerRecord<byte[], byte[]> record(String topic, byte[] key, byte[] value) {
        return new ConsumerRecord<>(
                topic,
                3,
                42,
                1_000,
                TimestampType.CREATE_TIME,
                -1,
                -1,
                key,
                value,
                new RecordHeaders(),
                Optional.empty());
    }
}
