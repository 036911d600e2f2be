package dev.weir.core.decode;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.core.catalog.Input;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is left to Jackson. That the two agree is {@link dev.weir.core.DecoderFuzzTest}'s, which compares both with the oracle. */
class PlainJsonReaderTest {
    private final Layout layout = new Layout(Input.flat(
            Input.Format.JSON,
            Input.Fields.named(
                    "/device/id",
                    Input.EventTime.named(List.of("time"), List.of("epoch-millis"), "UTC"),
                    "metric",
                    "value",
                    "unit",
                    null),
            Map.of(),
            null,
            Set.of(),
            false));
    private final JsonCells json = new JsonCells(layout);
    private final PlainJsonReader reader = new PlainJsonReader(PathNode.of(layout), json);
    private final Items items = new Items(layout, Set.of());
    private final Cells cells = items.event();

    @Test
    void readsWhatMachinesWrite() throws MalformedEventException {
        assertThat(read(
                        "{\"device\":{\"id\":\"s-1\",\"rack\":{\"row\":3}},\"metric\": \"temperature\",\n\"time\":1700000000000,"
                                + " \"value\":-2.150e1,\"unit\":\"°C\",\"spare\":true,\"other\":null } "))
                .isTrue();
        assertThat(cells.text(layout.sensorId)).isEqualTo("s-1");
        assertThat(cells.text(layout.metric)).isEqualTo("temperature");
        assertThat(cells.integer(layout.eventTime[0])).isEqualTo(1_700_000_000_000L);
        assertThat(cells.number(layout.value)).isEqualTo(-21.5);
        assertThat(cells.text(layout.unit)).isEqualTo("°C");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-0", "0.5", "90.09", "1e5", "1e+5", "1E-5", "0e0", "12345678901234567890"})
    void readsEveryFormOfANumber(String number) throws MalformedEventException {
        assertThat(read("{\"value\":" + number + "}")).isTrue();
        assertThat(cells.number(layout.value)).isEqualTo(Double.parseDouble(number));
    }

    @Test
    void readsTextsOfEveryLengthThatAreNotMapped() throws MalformedEventException {
        assertThat(read("{\"a\":\"\",\"b\":\"two words\",\"unit\":\"\"}")).isTrue();
        assertThat(cells.text(layout.unit)).isEmpty();
    }

    /** A reader expects the keys in the order of the event before. */
    @Test
    void readsKeysInAnyOrder() throws MalformedEventException {
        assertThat(read("{\"value\":1,\"unit\":\"C\"}")).isTrue();
        assertThat(read("{\"unit\":\"C\",\"value\":2}")).isTrue();
        assertThat(read("{\"unit\":\"C\",\"value\":3}")).isTrue();
        assertThat(cells.number(layout.value)).isEqualTo(3);
    }

    @Test
    void anObjectThatComesAgainReplacesAllOfTheFirst() throws MalformedEventException {
        assertThat(read("{\"device\":{\"id\":\"s-1\"},\"device\":{}}")).isTrue();
        assertThat(cells.kind(layout.sensorId)).isEqualTo(Cells.Kind.ABSENT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                " {}",
                "\uFEFF{}",
                "{",
                "{}{}",
                "{\"value\":[1]}",
                "{\"value\":\"a\\u0041\"}",
                "{\"value\":\"a\tb\"}",
                "{\"value\":\"a",
                "{\"value\":01}",
                "{\"value\":-}",
                "{\"value\":1.}",
                "{\"value\":.1}",
                "{\"value\":1e}",
                "{\"value\":+1}",
                "{\"value\":NaN}",
                "{\"value\":nul}",
                "{\"value\":1,}",
                "{\"value\" 1}",
                "{value:1}",
                "{\"value\":1\0}",
                "{\"größe\":1}",
            })
    void leavesTheRestToJackson(String event) throws MalformedEventException {
        assertThat(read(event)).isFalse();
    }

    @Test
    void leavesBytesThatAreNotUtf8() throws MalformedEventException {
        assertThat(reader.read(new byte[] {'{', '"', 'a', '"', ':', '"', (byte) 0xC3, '"', '}'}))
                .isFalse();
    }

    /** No text before it makes the reader check the event. */
    @Test
    void leavesBytesThatAreNotUtf8BehindAKeyThatItExpects() throws MalformedEventException {
        assertThat(read("{\"unit\":\"C\"}")).isTrue();
        assertThat(reader.read("{\"unit\":\"\u00C3\"}".getBytes(ISO_8859_1))).isFalse();
    }

    private boolean read(String event) throws MalformedEventException {
        items.clear();
        json.fill(items);
        return reader.read(event.getBytes(UTF_8));
    }
}
