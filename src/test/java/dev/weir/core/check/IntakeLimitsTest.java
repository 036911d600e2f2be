package dev.weir.core.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.core.decode.Decoder;
import dev.weir.core.model.Event;
import dev.weir.core.model.Origin;
import dev.weir.core.model.Reason;
import dev.weir.testing.generate.TestConfigs;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The limits of an event include their ends. */
class IntakeLimitsTest {
    private static final long SECOND_MILLIS = 1_772_366_400_000L;

    @Test
    void takesAMebibyteAndNoByteMore() {
        Intake intake = new Intake(TestConfigs.longJson().catalog(), 0, 0, Decoder::of);
        assertThat(intake.process(ofBytes(1 << 20)).eventReject()).isNull();
        assertThat(intake.process(ofBytes((1 << 20) + 1)).eventReject().reason())
                .isEqualTo(Reason.MALFORMED);
        assertThat(Units.isKnown("Cel")).isTrue();
    }

    private static Event ofBytes(int length) {
        String json =
                "{\"sensor_id\":\"s\",\"event_time\":" + SECOND_MILLIS + ",\"metric\":\"temperature\",\"value\":21.5}";
        String padded = json + " ".repeat(length - json.length());
        return new Event(new Origin("t", 0, 0, SECOND_MILLIS), null, padded.getBytes(StandardCharsets.UTF_8));
    }
}
