package dev.weir.core.decode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.core.catalog.Input.Overlap;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventTimeTest {

    @ParameterizedTest
    @CsvSource({
        "2024-03-01T12:00:00Z, 2024-03-01T12:00:00Z",
        "2024-03-01 12:00:00, 2024-03-01T12:00:00Z",
        "2024-03-01T12:00, 2024-03-01T12:00:00Z",
        "2024-03-01t12:00:00.1234567890123z, 2024-03-01T12:00:00.123456Z",
        "'2024-03-01T12:00:00,5', 2024-03-01T12:00:00.5Z",
        "2024-03-01T12:00:00+05:30, 2024-03-01T06:30:00Z",
        "2024-03-01T12:00:00-0130, 2024-03-01T13:30:00Z",
        "2024-03-01T12:00:00.25+0530, 2024-03-01T06:30:00.25Z",
        "2024-03-01 12:00+0100, 2024-03-01T11:00:00Z",
        "2024-03-01T12:00:00-1800, 2024-03-02T06:00:00Z",
        "2024-03-01T12:00:00+01, 2024-03-01T11:00:00Z",
        "2024-02-29T24:00:00Z, 2024-03-01T00:00:00Z",
        "2024-12-31T23:59:59Z, 2024-12-31T23:59:59Z",
        "2024-01-01T00:00:00+18:00, 2023-12-31T06:00:00Z",
        "2024-01-01T00:00:00-18:00, 2024-01-01T18:00:00Z",
        "2024-01-01T00:00:00+17:59, 2023-12-31T06:01:00Z",
        "2024-01-01T00:00:00.000001, 2024-01-01T00:00:00.000001Z",
        "2024-01-01T24:00, 2024-01-02T00:00:00Z",
        "+2024-01-01T00:00, 2024-01-01T00:00:00Z",
        "+0000000001-01-01T00:00, 0001-01-01T00:00:00Z",
        // truncated downward, also before the epoch
        "1969-12-31T23:59:59.9999999Z, 1969-12-31T23:59:59.999999Z",
        "0001-01-01T00:00:00Z, 0001-01-01T00:00:00Z",
        "-0001-01-01T00:00:00Z, -0001-01-01T00:00:00Z",
        "+12024-01-01T00:00:00Z, +12024-01-01T00:00:00Z",
    })
    void readsIso8601(String text, Instant instant) {
        assertThat(format("iso-8601", "UTC").ofText(text)).isEqualTo(micros(instant));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2024",
                "2024-03-01",
                "2024-03-01T",
                "2024-03-01T12",
                "2024-03-01T12:",
                "2024-13-01T00:00:00",
                "2024-00-01T00:00:00",
                "2023-02-29T00:00:00",
                "2024-01-00T00:00:00",
                "2024-01-01T25:00:00",
                "2024-01-01T24:00:01",
                "2024-01-01T24:00:00.5",
                "2024-01-01T12:30.5",
                "2024-01-01T12:60:00",
                "2024-01-01T12:00:60",
                "2024-01-01T12:00:00.",
                "2024-01-01T12:00:00ZZ",
                "2024-01-01T12:00:00+",
                "2024-01-01T12:00:00+1",
                "2024-01-01T12:00:00+19:00",
                "2024-01-01T12:00:00+18:01",
                "2024-01-01T12:00:00+01:",
                "12024-01-01T00:00:00",
                "+9999999999-01-01T00:00:00",
                "2024-1-1T0:0:0",
                "2024-01-32T00:00:00",
                "2024-04-31T00:00:00",
                "+999-01-01T00:00:00",
                "+00000000001-01-01T00:00:00",
                "+1000000000-01-01T00:00:00",
                "2024/01-01T00:00:00",
                "2024-01/01T00:00:00",
                "2024-01-01T12.00",
                "2024-01-01T24:01",
                "2024-01-01T24:01:01",
                "2024-01-01T24:00:01.000001",
                "2024-01-01T24:00:00.000001",
                "2024-01-01T12:00:00+01:3",
                "2024-01-01T12:00:00+013",
                "2024-01-01T12:00:00+01:60",
                "2024-01-01T12:00:00+18:00:00",
                "2024-01-01T12:00:00*01:00",
                "2024-01-01T12:00:00Z ",
                "2024-01-01T1a:00",
                "2024-01-01Ta1:00",
                "20240101T120000",
                "2024-01-01_12:00:00",
                "+",
                "-"
            })
    void refusesWhatIsNotIso8601(String text) {
        assertThat(format("iso-8601", "UTC").ofText(text)).isEqualTo(Micros.NONE);
    }

    @Test
    void doesNotWrapAroundAtTheEndsOfTime() {
        for (String zone : new String[] {"UTC", "Asia/Shanghai"}) {
            TimeFormat iso = format("iso-8601", zone);
            assertThat(iso.ofText("+999999999-12-31T24:00:00")).isEqualTo(Micros.LATEST);
            assertThat(iso.ofText("-999999999-01-01T00:00:00")).isEqualTo(Micros.EARLIEST);
            assertThat(iso.ofText("+294247-01-10T04:00:54.775808Z")).isEqualTo(Micros.LATEST);
            assertThat(format("uuuuuuuuu", zone).ofText("999999999")).isEqualTo(Micros.NONE);
            assertThat(format("uuuuuuuuu-MM-dd", zone).ofText("999999999-12-31"))
                    .isEqualTo(Micros.LATEST);
        }
    }

    @Test
    void takesTheEarlierInstantOfAnOverlapAndTheLaterOffsetInAGap() {
        for (String name : new String[] {"iso-8601", "yyyy-MM-dd HH:mm"}) {
            TimeFormat berlin = format(name, "Europe/Berlin");
            // 2024-10-27 03:00+02:00 became 02:00+01:00: 02:30 came first at +02:00.
            assertThat(berlin.ofText("2024-10-27 02:30")).isEqualTo(micros(Instant.parse("2024-10-27T00:30:00Z")));
            // 2024-03-31 02:00+01:00 became 03:00+02:00: 02:30 never was; an hour later, in the later offset, it is
            // 03:30+02:00.
            assertThat(berlin.ofText("2024-03-31 02:30")).isEqualTo(micros(Instant.parse("2024-03-31T01:30:00Z")));
            assertThat(berlin.ofText("2024-07-01 00:00")).isEqualTo(micros(Instant.parse("2024-06-30T22:00:00Z")));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "yyyy M d H, 2013 3 1 5, 2013-03-01T05:00:00Z",
        "yyyy-MM-dd, 2013-03-01, 2013-03-01T00:00:00Z",
        "dd/MM/yyyy HH:mm, 01/03/2013 05:07, 2013-03-01T05:07:00Z",
        "yyyyMMddHHmmss, 20130301050709, 2013-03-01T05:07:09Z",
        "yyyy-MM-dd HH:mm:ss.SSS xxx, 2013-03-01 05:07:09.123 +01:00, 2013-03-01T04:07:09.123Z",
        "yyyy-MM-dd hh:mm a, 2013-03-01 05:07 pm, 2013-03-01T17:07:00Z",
        "yyyy-MM-dd HH:mm VV, 2013-07-01 05:00 Europe/Berlin, 2013-07-01T03:00:00Z",
        "uuuu D, 2013 60, 2013-03-01T00:00:00Z",
    })
    void readsAPattern(String pattern, String text, Instant instant) {
        assertThat(format(pattern, "UTC").ofText(text)).isEqualTo(micros(instant));
    }

    /** 24:00 ends the day in every pattern that has an hour of the day, as in ISO 8601. */
    @ParameterizedTest
    @CsvSource({
        "dd.MM.yy kk:mm, 29.11.26 24:00, 2026-11-30T00:00:00Z",
        "dd.MM.yy HH:mm, 29.11.26 24:00, 2026-11-30T00:00:00Z",
        "dd.MM.yy kk:mm, 29.11.26 23:59, 2026-11-29T23:59:00Z",
        "dd.MM.yy kk:mm, 29.11.26 00:30, 2026-11-29T00:30:00Z",
        "yyyy M d H, 2026 12 31 24, 2027-01-01T00:00:00Z",
        "yyyy M d k, 2024 2 29 24, 2024-03-01T00:00:00Z",
        "uuuu-D HH:mm:ss.SSS, 2026-365 24:00:00.000, 2027-01-01T00:00:00Z",
        "HH:mm dd.MM.yyyy, 24:00 24.12.2024, 2024-12-25T00:00:00Z",
        "yyyy-MM-dd'k'HH xxx, 2026-11-29k24 +01:00, 2026-11-29T23:00:00Z",
        "yyyyMMddHHmmss, 20261129240000, 2026-11-30T00:00:00Z",
        "EEE dd MMM yyyy HH:mm, Sun 29 Nov 2026 24:00, 2026-11-30T00:00:00Z",
        "YYYY-'W'ww-e HH:mm, 2026-W48-1 24:00, 2026-11-23T00:00:00Z",
    })
    void takes24HoursForTheEndOfTheDay(String pattern, String text, Instant instant) {
        assertThat(format(pattern, "UTC").ofText(text)).isEqualTo(micros(instant));
    }

    @Test
    void takesTheEndOfADayWhoseMidnightAClockChangeTookAway() {
        // In Cairo on 26 April 2024 the clock went from 24:00 of the 25th (+02:00) to 01:00 (+03:00).
        assertThat(format("yyyy-MM-dd kk:mm", "Africa/Cairo").ofText("2024-04-25 24:00"))
                .isEqualTo(micros(Instant.parse("2024-04-25T22:00:00Z")))
                .isEqualTo(format("iso-8601", "Africa/Cairo").ofText("2024-04-25 24:00"));
    }

    @ParameterizedTest
    @CsvSource({
        "dd.MM.yy kk:mm, 29.11.26 24:01",
        "dd.MM.yy HH:mm, 29.11.26 24:30",
        "dd.MM.yy HH:mm:ss.SSS, 29.11.26 24:00:00.001",
        "dd.MM.yy HH:mm, 31.11.26 24:00",
        "dd.MM.yy HH:mm, 29.11.26 25:00",
        "yyyy-MM-dd kk:mm a, 2026-11-29 24:00 AM",
        "EEE dd MMM yyyy HH:mm, Mon 29 Nov 2026 24:00",
        "HH:mm, 24:00",
        // a dotless i and a long s
        "EEE dd MMM yyyy, Fr\u0131 01 Mar 2013",
        "dd MMM yyyy, 01 \u017Fep 2013",
    })
    void refusesOtherTimesOf24HoursAndLettersThatOnlyLookRight(String pattern, String text) {
        assertThat(format(pattern, "UTC").ofText(text)).isEqualTo(Micros.NONE);
    }

    @ParameterizedTest
    @CsvSource({
        "dd-MMM-yyyy, 01-Mar-2013, 2013-03-01T00:00:00Z",
        "EEE dd MMM yyyy, Fri 01 MAR 2013, 2013-03-01T00:00:00Z",
    })
    void knowsEnglishNames(String pattern, String text, Instant instant) {
        assertThat(format(pattern, "UTC").ofText(text)).isEqualTo(micros(instant));
    }

    @ParameterizedTest
    @CsvSource({
        "yyyy-MM-dd, 2013-02-30",
        "yyyy-MM-dd, 2013-03-01 00:00",
        "yyyy-MM-dd, x",
        "HH:mm, 12:00",
        "yyyy-MM-dd hh:mm, 2013-03-01 05:07",
    })
    void refusesWhatDoesNotFitThePattern(String pattern, String text) {
        assertThat(format(pattern, "UTC").ofText(text)).isEqualTo(Micros.NONE);
    }

    private static TimeFormat format(String name, String zone) {
        return TimeFormat.of(name, ZoneId.of(zone), Overlap.EARLIER);
    }

    private static long micros(Instant instant) {
        return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1000;
    }
}
