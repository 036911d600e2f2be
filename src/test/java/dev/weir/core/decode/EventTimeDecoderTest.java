package dev.weir.core.decode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.core.TestInput;
import dev.weir.core.catalog.FieldSource;
import dev.weir.core.catalog.Input;
import dev.weir.core.model.Reason;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Where an event time comes from. {@link EventTimeTest} has the formats. */
class EventTimeDecoderTest {
    private static final long RECORD_MILLIS = 1_709_294_400_000L;
    private static final FieldSource HEADER = new FieldSource.Header("ts");

    private Layout layout;
    private Cells cells;
    private EventTimeDecoder decoder;

    private void of(Input input) {
        layout = new Layout(input);
        cells = new Cells(layout.size(), Set.of());
        decoder = new EventTimeDecoder(input, layout);
    }

    @Test
    void theRecordsTimestampIsAnEventTime() {
        of(new TestInput().arrival().build());
        assertThat(decoder.read(cells, RECORD_MILLIS)).isNull();
        assertThat(decoder.micros()).isEqualTo(RECORD_MILLIS * 1_000);
        assertThat(decoder.isOpen()).isFalse();
    }

    @Test
    void anInstantNeedsNoFormat() {
        of(new TestInput().formats().build());
        cells.setInstant(layout.eventTime[0], 123);
        assertThat(decoder.read(cells, RECORD_MILLIS)).isNull();
        assertThat(decoder.micros()).isEqualTo(123);
        cells.setRelative(layout.eventTime[0], -5);
        assertThat(decoder.read(cells, RECORD_MILLIS)).isNull();
        assertThat(decoder.micros()).isEqualTo(RECORD_MILLIS * 1_000 - 5);
        cells.setRelative(layout.eventTime[0], Micros.LATEST);
        assertThat(decoder.read(cells, RECORD_MILLIS)).isNull();
        assertThat(decoder.micros()).isEqualTo(Micros.LATEST);
    }

    @Test
    void anInstantIsItselfWhateverTheFormats() {
        of(new TestInput().formats("epoch-seconds", "iso-8601").build());
        cells.setInstant(layout.eventTime[0], 123);
        assertThat(decoder.read(cells, RECORD_MILLIS)).isNull();
        assertThat(decoder.micros()).isEqualTo(123);
        cells.setInteger(layout.eventTime[0], 123, null);
        assertThat(decoder.read(cells, RECORD_MILLIS)).isNull();
        assertThat(decoder.micros()).isEqualTo(123_000_000);
    }

    @Test
    void withoutAFormatOnlyAnInstantIsATime() {
        of(new TestInput().formats().build());
        cells.setInteger(layout.eventTime[0], 5, null);
        assertThat(decoder.read(cells, RECORD_MILLIS).reason()).isEqualTo(Reason.WRONG_TYPE);
        cells.setBoolean(layout.eventTime[0], true);
        assertThat(decoder.read(cells, RECORD_MILLIS).detail())
                .isEqualTo("event time \"time\" is neither a text nor a number");
    }

    @Test
    void anInstantIsJoinedAsItsText() {
        of(new TestInput()
                .time(FieldSource.field("a"), FieldSource.field("b"))
                .formats("iso-8601", "yyyy-MM-dd'T'HH:mm:ss'Z' 'x'")
                .build());
        cells.setInstant(layout.eventTime[0], 1_709_294_400_000_000L);
        cells.setText(layout.eventTime[1], "x");
        assertThat(decoder.read(cells, RECORD_MILLIS)).isNull();
        assertThat(decoder.micros()).isEqualTo(1_709_294_400_000_000L);
    }

    @Test
    void aNumberInAHeaderNeedsNoLeniency() {
        of(new TestInput().time(HEADER).build());
        cells.setText(layout.eventTime[0], "1709294400000");
        assertThat(decoder.read(cells, RECORD_MILLIS)).isNull();
        assertThat(decoder.micros()).isEqualTo(1_709_294_400_000_000L);
        of(new TestInput().build());
        cells.setText(layout.eventTime[0], "1709294400000");
        assertThat(decoder.read(cells, RECORD_MILLIS).reason()).isEqualTo(Reason.WRONG_TYPE);
    }
}
