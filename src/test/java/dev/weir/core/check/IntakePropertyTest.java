package dev.weir.core.check;

import static dev.weir.core.check.Fixture.event;
import static dev.weir.core.check.Fixture.intake;
import static dev.weir.core.check.Fixture.longCsv;
import static dev.weir.core.check.Fixture.longJson;
import static dev.weir.core.check.Fixture.metric;
import static dev.weir.core.check.Fixture.time;
import static dev.weir.core.check.Fixture.wideJson;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.core.catalog.Names;
import dev.weir.core.model.Reading;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class IntakePropertyTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final List<Intake> all = List.of(
            intake(longJson(time("iso-8601", "epoch-millis", "yyyy-MM-dd"), true), metric("temp", "Cel", -40, 125)),
            intake(longCsv(','), true, metric("temp", "Cel", -40, 125)),
            intake(wideJson(Map.of("temp", "/a/0/b", "hum", "a")), metric("temp", "Cel", -40, 125)));

    /** Pieces of which valid, nearly valid and wild events arise. */
    @Provide
    Arbitrary<String> pieces() {
        return Arbitraries.of(
                        "{",
                        "}",
                        "[",
                        "]",
                        ":",
                        ",",
                        "\"sensor\":",
                        "\"metric\":",
                        "\"time\":",
                        "\"value\":",
                        "\"unit\":",
                        "\"a\":",
                        "\"b\":",
                        "\"device\":{\"id\":\"d\"}",
                        "\"ts\":1",
                        "\"s\"",
                        "\"temp\"",
                        "1709294400000",
                        "1e999",
                        "NaN",
                        "-Infinity",
                        "-0",
                        "21.5",
                        "null",
                        "true",
                        "\"\"",
                        "\"NA\"",
                        "\"K\"",
                        "\"2024-03-01T12:00\"",
                        "\\u0000",
                        "\n",
                        "\r",
                        "\"",
                        "temp",
                        "\uFEFF",
                        " ",
                        "\"sensor\":\"s\",\"metric\":\"temp\",\"time\":1709294400000,\"value\":")
                .list()
                .ofMaxSize(14)
                .map(list -> String.join("", list));
    }

    @Property(tries = 5_000)
    void judgesAnyPiecesWithoutThrowing(@ForAll("pieces") String text) {
        judge(text.getBytes(StandardCharsets.UTF_8));
        judge(('{' + text + '}').getBytes(StandardCharsets.UTF_8));
    }

    @Property(tries = 5_000)
    void judgesAnyBytesWithoutThrowing(@ForAll byte[] bytes) {
        judge(bytes);
    }

    private void judge(byte[] value) {
        for (Intake intake : all) {
            Intake.Result result = intake.process(event(value));
            assertThat(result.slots())
                    .isEqualTo(result.readings().size() + result.rejects().size());
            if (result.eventReject() != null) {
                assertThat(result.slots()).isZero();
                assertThat(result.eventReject().detail()).hasSizeLessThan(1000);
            }
        }
    }

    @Provide
    Arbitrary<String> events() {
        Arbitrary<String> name =
                Arbitraries.strings().ofMinLength(1).ofMaxLength(20).filter(s -> Names.fault(s) == null);
        Arbitrary<String> value = Arbitraries.oneOf(
                Arbitraries.doubles().map(String::valueOf), Arbitraries.longs().map(String::valueOf));
        Arbitrary<Long> millis = Arbitraries.longs().between(978_307_200_000L, 1_709_294_400_000L);
        return Combinators.combine(name, name, millis, value, Arbitraries.shuffle(0, 1, 2, 3))
                .as((s, m, t, v, order) -> {
                    String[] fields = {
                        "\"sensor\":" + quoted(s), "\"metric\":" + quoted(m), "\"time\":" + t, "\"value\":" + v
                    };
                    return "{" + fields[order.get(0)] + "," + fields[order.get(1)] + "," + fields[order.get(2)]
                            + ",\"x\":[{}]," + fields[order.get(3)] + "}";
                });
    }

    @Property(tries = 2_000)
    void readsWhatAJacksonTreeReads(@ForAll("events") String text) throws JsonProcessingException {
        JsonNode tree = MAPPER.readTree(text);
        Intake.Result result = intake(longJson(), true).process(event(text));
        assertThat(result.rejects()).isEmpty();
        Reading reading = result.readings().get(0);
        assertThat(reading.series().sensorId()).isEqualTo(tree.get("sensor").textValue());
        assertThat(reading.series().metric()).isEqualTo(tree.get("metric").textValue());
        assertThat(reading.eventTimeMicros()).isEqualTo(tree.get("time").longValue() * 1000);
        assertThat(reading.value()).isEqualTo(tree.get("value").doubleValue());
    }

    private static String quoted(String text) {
        try {
            return MAPPER.writeValueAsString(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
