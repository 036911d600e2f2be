package dev.weir.testing.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.weir.core.catalog.Input;
import dev.weir.core.model.Reason;
import dev.weir.testing.generate.TestConfigs;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventTimesTest {

    @ParameterizedTest
    @CsvSource({
        "epoch-seconds, 1.0000019,            1000001",
        "epoch-seconds, -0.0000001,           -1",
        "epoch-millis,  -1.0001,              -1001",
        "epoch-micros,  -1.5,                 -2",
        "epoch-micros,  9223372036854775807,  9223372036854775807",
        "epoch-micros,  9223372036854775808,  9223372036854775807",
        "epoch-millis,  -9223372036854775808, -9223372036854775808",
        "epoch-seconds, 1e999999999,          9223372036854775807",
        "epoch-seconds, -1e-999999999,        -1",
        "epoch-seconds, 1e-999999999,         0",
    })
    void truncatesDownwardAndStopsAtTheEndsOfLong(String format, String number, long micros) throws EventFault {
        assertThat(read(new Fields.Number(number), "UTC", format)).isEqualTo(micros);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2026-03-01T12:00:00Z             | 2026-03-01T12:00:00Z",
                "2026-03-01 12:00:00.1234567891+01:00 | 2026-03-01T11:00:00.123456Z",
                "2026-03-01t12:00                 | 2026-03-01T12:00:00Z",
                "1969-12-31T23:59:59.9999999      | 1969-12-31T23:59:59.999999Z",
                "2026-03-01T12:00:00-0330         | 2026-03-01T15:30:00Z",
            })
    void readsIso(String text, Instant expected) throws EventFault {
        assertThat(read(text, "UTC", "iso-8601")).isEqualTo(micros(expected));
    }

    /** Berlin 2026: on 29 March 02:00 +01:00 becomes 03:00 +02:00; on 25 October 03:00 +02:00 becomes 02:00 +01:00. */
    @ParameterizedTest
    @CsvSource({
        "2026-03-29 01:30, 2026-03-29T00:30:00Z",
        // never: an hour is added, so that it reads 03:30 in the later offset, +02:00
        "2026-03-29 02:30, 2026-03-29T01:30:00Z",
        // twice: the earlier instant, +02:00
        "2026-10-25 02:30, 2026-10-25T00:30:00Z",
        "2026-10-25 03:30, 2026-10-25T02:30:00Z",
    })
    void readsLocalTimesThatComeTwiceOrNever(String text, Instant expected) throws EventFault {
        assertThat(read(text, "Europe/Berlin", "iso-8601")).isEqualTo(micros(expected));
        assertThat(read(text, "Europe/Berlin", "yyyy-MM-dd HH:mm")).isEqualTo(micros(expected));
    }

    @ParameterizedTest
    @CsvSource({
        "dd.MM.yy kk:mm,   29.11.26 24:00,   2026-11-30T00:00:00Z",
        "dd.MM.yy HH:mm,   29.11.26 24:00,   2026-11-30T00:00:00Z",
        "dd.MM.yy kk:mm,   29.11.26 00:30,   2026-11-29T00:30:00Z",
        "HH:mm dd.MM.yyyy, 24:00 24.12.2024, 2024-12-25T00:00:00Z",
        "yyyy M d H,       2026 12 31 24,    2027-01-01T00:00:00Z",
    })
    void readsTheEndOfADayByAPattern(String pattern, String text, Instant expected) throws EventFault {
        assertThat(read(text, "UTC", pattern)).isEqualTo(micros(expected));
    }

    @ParameterizedTest
    @CsvSource({
        "dd.MM.yy kk:mm, 29.11.26 24:01",
        "dd.MM.yy HH:mm, 31.11.26 24:00",
        "dd MMM yyyy,   01 \u017Fep 2013",
    })
    void refusesWhatIsNoTimeOfAPattern(String pattern, String text) {
        assertThatExceptionOfType(EventFault.class).isThrownBy(() -> read(text, "UTC", pattern));
    }

    @Test
    void triesFormatsInTheirOrder() throws EventFault {
        assertThat(read("2026-03-01", "Asia/Shanghai", "epoch-millis", "iso-8601", "yyyy-MM-dd"))
                .isEqualTo(micros(Instant.parse("2026-02-28T16:00:00Z")));
    }

    @ParameterizedTest
    @CsvSource({"2026-02-30T00:00:00Z", "2026-03-01T24:00:01Z", "2026-03-01T12:00:60Z", "12:00", "NaN"})
    void refusesWhatIsNoTime(String text) {
        assertThatExceptionOfType(EventFault.class)
                .isThrownBy(() -> read(text, "UTC", "epoch-millis", "iso-8601"))
                .satisfies(fault -> assertThat(fault.reason()).isEqualTo(Reason.WRONG_TYPE));
    }

    private static long read(Object field, String zone, String... formats) throws EventFault {
        Input base = TestConfigs.longJson().catalog().inputs().get(0);
        Input.EventTime time = Input.EventTime.named(List.of("t"), List.of(formats), zone);
        Input input = Input.flat(
                base.format(),
                Input.Fields.named("s", time, "m", "v", null, null),
                Map.of(),
                null,
                base.nullValues(),
                false);
        return new EventTimes(input).read(name -> field);
    }

    private static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }
}
