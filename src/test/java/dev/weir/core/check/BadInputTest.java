package dev.weir.core.check;

import static dev.weir.core.check.Fixture.NOW;
import static dev.weir.core.check.Fixture.event;
import static dev.weir.core.check.Fixture.intake;
import static dev.weir.core.check.Fixture.json;
import static dev.weir.core.check.Fixture.longCsv;
import static dev.weir.core.check.Fixture.longJson;
import static dev.weir.core.check.Fixture.metric;
import static dev.weir.core.check.Fixture.reading;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.weir.core.model.Reason;
import dev.weir.core.model.Reject;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What no device should send, and one does. After each a good event is still good. */
class BadInputTest {
    private static final String NOW_MILLIS = String.valueOf(NOW.toEpochMilli());
    private static final String GOOD = reading("1");

    private final Intake json = intake(longJson(), metric("temp", "Cel", -40, 125));
    private final Intake csv = intake(longCsv(','), metric("temp", "Cel", -40, 125));

    static Stream<Arguments> badJson() {
        return Stream.of(
                arguments("tombstone", null, Reason.MALFORMED),
                arguments("empty", new byte[0], Reason.MALFORMED),
                text("blank", "  \n", Reason.MALFORMED),
                text("truncated", GOOD.substring(0, GOOD.length() - 1), Reason.MALFORMED),
                text("truncated in an ignored object", GOOD.replace("}", ",\"x\":{\"y\":[1"), Reason.MALFORMED),
                text("two values", GOOD + GOOD, Reason.MALFORMED),
                text("garbage behind", GOOD + "x", Reason.MALFORMED),
                text("an array", "[" + GOOD + "]", Reason.MALFORMED),
                text("a text", "\"x\"", Reason.MALFORMED),
                text("null", "null", Reason.MALFORMED),
                arguments("invalid UTF-8", latin(GOOD.replace("s1", "s\u00FF")), Reason.MALFORMED),
                arguments("invalid UTF-8, not mapped", latin(with("\"x\":\"\u00FF\"")), Reason.MALFORMED),
                arguments("overlong UTF-8, not mapped", latin(with("\"x\":\"\u00C0\u0080\"")), Reason.MALFORMED),
                arguments("surrogate in UTF-8", latin(with("\"x\":\"\u00ED\u00A0\u0080\"")), Reason.MALFORMED),
                arguments("cut UTF-8", latin(with("\"x\":\"\u00E2\u0082\"")), Reason.MALFORMED),
                arguments("UTF-16", GOOD.getBytes(StandardCharsets.UTF_16LE), Reason.MALFORMED),
                arguments("UTF-32", GOOD.getBytes(Charset.forName("UTF-32BE")), Reason.MALFORMED),
                text("2 MB", with("\"x\":\"" + "y".repeat(2_000_000) + '"'), Reason.MALFORMED),
                text("100,000 metrics", many(100_000), Reason.MALFORMED),
                text("10,001 fields", many(10_001), Reason.MALFORMED),
                text("10,001 fields further in", with("\"x\":[" + many(10_001) + "]"), Reason.MALFORMED),
                text("10,000 fields", many(10_000), Reason.MISSING_FIELD),
                text("10,001 fields within 64 KiB", '{' + "\"\":1,".repeat(10_000) + "\"\":1}", Reason.MALFORMED),
                text("a zero byte in a text, not mapped", with("\"x\":\"\0\""), Reason.MALFORMED),
                text("objects nested 501 deep", objects(500), Reason.MALFORMED),
                text("nested 10,000 deep", nested(10_000), Reason.MALFORMED),
                text("nested 501 deep", nested(500), Reason.MALFORMED),
                text(
                        "nested 501 deep where a text should be",
                        GOOD.replace("\"s1\"", "[".repeat(500) + "]".repeat(500)),
                        Reason.MALFORMED),
                text(
                        "nested 500 deep where a text should be",
                        GOOD.replace("\"s1\"", "[".repeat(499) + "]".repeat(499)),
                        Reason.WRONG_TYPE),
                text("NUL in the sensor", GOOD.replace("s1", "s\\u0000"), Reason.MALFORMED),
                text("lone surrogate in the sensor", GOOD.replace("s1", "s\\ud800x"), Reason.MALFORMED),
                text("lone low surrogate in the metric", GOOD.replace("temp", "\\udc00"), Reason.MALFORMED),
                text("NUL in the site", with("\"site\":\"\\u0000\""), Reason.MALFORMED),
                text("lone surrogate in the unit", with("\"unit\":\"\\ud800\""), Reason.MALFORMED),
                text("empty sensor", GOOD.replace("s1", ""), Reason.MALFORMED),
                text("256 characters", GOOD.replace("s1", "s".repeat(256)), Reason.MALFORMED),
                text("1e999", reading("1e999"), Reason.NON_FINITE),
                text("-1e999", reading("-1e999"), Reason.NON_FINITE),
                text("10,000 digits", reading("9".repeat(10_000)), Reason.NON_FINITE),
                text("a million digits", reading("9".repeat(1_000_000)), Reason.NON_FINITE),
                text("NaN", reading("NaN"), Reason.NON_FINITE),
                text("Infinity", reading("-Infinity"), Reason.NON_FINITE),
                text("site is a truth value", with("\"site\":true"), Reason.WRONG_TYPE),
                text("time NaN", at("NaN"), Reason.WRONG_TYPE),
                text("time at Long.MAX", at("9223372036854775807"), Reason.FUTURE_TIMESTAMP),
                text("time at Long.MIN", at("-9223372036854775808"), Reason.ANCIENT_TIMESTAMP),
                text("time behind Long.MAX", at("9223372036854775808"), Reason.FUTURE_TIMESTAMP),
                text("time that wraps around in micros", at("18446744073709551"), Reason.FUTURE_TIMESTAMP),
                text("time 1e999999999", at("1e999999999"), Reason.FUTURE_TIMESTAMP),
                text("time -1e999999999", at("-1e999999999"), Reason.ANCIENT_TIMESTAMP),
                text("time of a million digits", at("-" + "9".repeat(1_000_000)), Reason.ANCIENT_TIMESTAMP));
    }

    static Stream<Arguments> badCsv() {
        String good = "s1," + NOW_MILLIS + ",temp,1,Cel,roof,note";
        return Stream.of(
                arguments("tombstone", null, Reason.MALFORMED),
                arguments("empty", new byte[0], Reason.MALFORMED),
                text("a line end", "\n", Reason.MALFORMED),
                text("too many columns", good + ",x", Reason.MALFORMED),
                text("two rows", good + "\n" + good, Reason.MALFORMED),
                text("two rows, CR", good + "\r" + good, Reason.MALFORMED),
                text("unclosed quote", good + "," + "\"x", Reason.MALFORMED),
                text("unclosed quote in the first column", "\"" + good, Reason.MALFORMED),
                text("text behind a quote", "\"s\"1,2", Reason.MALFORMED),
                text("too few columns", "s1", Reason.MISSING_FIELD),
                arguments("invalid UTF-8, not mapped", latin(good.replace("note", "\u00FF")), Reason.MALFORMED),
                arguments("overlong UTF-8", latin(good.replace("note", "\u00C0\u0080")), Reason.MALFORMED),
                arguments("cut UTF-8", latin(good.replace("note", "\u00E2\u0082")), Reason.MALFORMED),
                text("empty sensor", good.replace("s1", ""), Reason.MALFORMED),
                text("control character", good.replace("s1", "\"s\n\""), Reason.MALFORMED),
                text("2 MB", good + "y".repeat(2_000_000), Reason.MALFORMED),
                text("no number", good.replace(",1,", ",1f,"), Reason.WRONG_TYPE),
                text("NaN", good.replace(",1,", ",NaN,"), Reason.NON_FINITE),
                text("1e999", good.replace(",1,", ",1e999,"), Reason.NON_FINITE),
                text("no time", good.replace(NOW_MILLIS, "now"), Reason.WRONG_TYPE));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badJson")
    void badJsonGetsItsReason(String name, byte[] value, Reason reason) {
        assertThat(only(json, value).reason()).as(name).isEqualTo(reason);
        assertThat(json.process(event(GOOD)).readings()).hasSize(1);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badCsv")
    void badCsvGetsItsReason(String name, byte[] value, Reason reason) {
        assertThat(only(csv, value).reason()).as(name).isEqualTo(reason);
        assertThat(csv.process(event("s," + NOW_MILLIS + ",temp,1\n")).readings())
                .hasSize(1);
    }

    @ParameterizedTest
    @MethodSource
    void oddButGoodInputIsGood(String name, Intake intake, byte[] value) {
        assertThat(intake.process(event(value)).readings()).as(name).hasSize(1);
    }

    static Stream<Arguments> oddButGoodInputIsGood() {
        Intake json = intake(longJson(), metric("temp", "Cel", -40, 125));
        Intake csv = intake(longCsv(','), metric("temp", "Cel", -40, 125));
        String row = "s," + NOW_MILLIS + ",temp,1";
        return Stream.of(
                arguments("byte order mark", json, utf8("\uFEFF" + GOOD)),
                arguments("byte order mark, CSV", csv, utf8("\uFEFF" + row)),
                arguments("blanks around", json, utf8(" \r\n" + GOOD + "\n ")),
                arguments("nested 500 deep", json, utf8(nested(499))),
                arguments("objects nested 500 deep", json, utf8(objects(499))),
                arguments("10,000 digits, not mapped", json, utf8(with("\"x\":" + "9".repeat(10_000)))),
                arguments("lone surrogate, not mapped", json, utf8(with("\"x\":\"\\ud800\""))),
                arguments("a long name, not mapped", json, utf8(with("\"" + "n".repeat(100_000) + "\":1"))),
                arguments("a pair of surrogates", json, utf8(GOOD.replace("s1", "\uD83C\uDF21"))),
                arguments("255 characters", json, utf8(GOOD.replace("s1", "s".repeat(255)))),
                arguments("CRLF", csv, utf8(row + "\r\n")),
                arguments("empty columns", csv, utf8(row + ",,,")));
    }

    private static Reject only(Intake intake, byte[] value) {
        Intake.Result result = intake.process(event(value));
        assertThat(result.readings()).isEmpty();
        Reject reject = result.eventReject() == null ? result.rejects().get(0) : result.eventReject();
        assertThat(reject.detail()).hasSizeLessThan(400).isNotBlank();
        return reject;
    }

    private static Arguments text(String name, String value, Reason reason) {
        return arguments(name, utf8(value), reason);
    }

    private static String with(String more) {
        return GOOD.substring(0, GOOD.length() - 1) + "," + more + "}";
    }

    private static String at(String time) {
        return json("\"s\"", "\"temp\"", time, "1", "");
    }

    private static String nested(int depth) {
        return with("\"x\":" + "[".repeat(depth) + "]".repeat(depth));
    }

    private static String objects(int depth) {
        return with("\"x\":" + "{\"x\":".repeat(depth) + "1" + "}".repeat(depth));
    }

    private static String many(int fields) {
        return IntStream.range(0, fields).mapToObj(i -> "\"m" + i + "\":1").collect(Collectors.joining(",", "{", "}"));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
