package dev.weir.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReadingTest {
    private static final Reading BARE = reading(null, null);
    private static final byte[] KEY = {1};
    private static final byte[] VALUE = {2};

    @Test
    void anAcceptedReadingHasNoBytesOfItsEvent() {
        assertThat(BARE.accepted(3, 4)).as("as it is").isSameAs(BARE);
        for (Reading reading : new Reading[] {BARE, reading(KEY, null), reading(null, VALUE), reading(KEY, VALUE)}) {
            assertThat(reading.accepted(3, 4)).isEqualTo(BARE);
            Reading other = reading.accepted(1, 4);
            assertThat(other.quality()).isEqualTo(1);
            assertThat(other.generation()).isEqualTo(4);
            other = reading.accepted(3, 9);
            assertThat(other.quality()).isEqualTo(3);
            assertThat(other.generation()).isEqualTo(9);
            assertThat(other.eventKey()).isNull();
            assertThat(other.eventValue()).isNull();
        }
    }

    @Test
    void changesNothingElse() {
        Reading reading = reading(KEY, VALUE);
        assertThat(reading.withoutEventValue().eventKey()).isSameAs(KEY);
        assertThat(reading.withoutEventValue().eventValue()).isNull();
        Reading moved = reading.at(77, 8);
        assertThat(moved.eventTimeMicros()).isEqualTo(77);
        assertThat(moved.quality()).isEqualTo(8);
        assertThat(moved.eventValue()).isSameAs(VALUE);
        assertThat(moved.at(5, 3)).isEqualTo(reading);
    }

    @Test
    void theSchemaOfItsEventGoesWithTheBytes() {
        Reading avro = new Reading(new SeriesKey("s", "m"), 5, 1, null, null, 0, null, KEY, VALUE, "\"int\"", 4);
        assertThat(avro.at(6, 1).avroSchema()).isEqualTo("\"int\"");
        assertThat(avro.withoutEventValue().avroSchema()).isNull();
        assertThat(avro.accepted(0, 4).avroSchema()).isNull();
    }

    private static Reading reading(byte[] key, byte[] value) {
        return new Reading(new SeriesKey("s", "m"), 5, 21.5, "Cel", "site", 3, new Origin("t", 0, 1, 2), key, value, 4);
    }
}
