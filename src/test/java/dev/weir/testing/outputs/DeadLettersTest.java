package dev.weir.testing.outputs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.core.model.Event;
import dev.weir.core.model.Origin;
import dev.weir.core.model.Reason;
import dev.weir.testing.oracle.Rejected;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class DeadLettersTest {
    private static final Origin ORIGIN = new Origin("readings", 2, 17, 1_700_000_000_123L);

    @Test
    void pairsRepeatedHeadersInTheirOrder() {
        var letter = letter(
                "k",
                "v",
                "weir.reason",
                "MISSING_FIELD",
                "weir.detail",
                "value",
                "weir.metric",
                "a",
                "weir.reason",
                "OUT_OF_RANGE",
                "weir.detail",
                "sentinel",
                "weir.metric",
                "b");

        assertThat(DeadLetters.rejects(List.of(letter)))
                .containsExactly(
                        new Rejected(ORIGIN, Reason.MISSING_FIELD, "value", "a"),
                        new Rejected(ORIGIN, Reason.OUT_OF_RANGE, "sentinel", "b"));
    }

    @Test
    void knowsNoMetricOfAnEvent() {
        var letter = letter("k", "v", "weir.reason", "MALFORMED", "weir.detail", "");

        assertThat(DeadLetters.rejects(letter)).containsExactly(new Rejected(ORIGIN, Reason.MALFORMED, "", null));
    }

    @Test
    void refusesHeadersThatDoNotGoTogether() {
        var letter = letter("k", "v", "weir.reason", "LATE", "weir.reason", "LATE", "weir.metric", "a");

        assertThatThrownBy(() -> DeadLetters.rejects(letter)).hasMessageContaining("do not go together");
    }

    @Test
    void comparesTheBytesWithTheEventThatTheLetterNames() {
        List<Event> events = List.of(new Event(ORIGIN, bytes("k"), bytes("v")));

        assertThatCode(() -> DeadLetters.assertOriginalBytes(events, List.of(letter("k", "v"))))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> DeadLetters.assertOriginalBytes(events, List.of(letter("k", "w"))))
                .hasMessageContaining("readings/2/17/1700000000123");
    }

    private static ConsumerRecord<byte[], byte[]> letter(String key, String value, String... headers) {
        var letter = new ConsumerRecord<>("readings-dlq", 0, 0, bytes(key), bytes(value));
        letter.headers().add("weir.origin", bytes(ORIGIN.toString()));
        for (int i = 0; i < headers.length; i += 2) {
            letter.headers().add(headers[i], bytes(headers[i + 1]));
        }
        return letter;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
