package dev.weir.testing.oracle;

import static dev.weir.testing.generate.TestMetrics.named;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.weir.config.WeirConfig;
import dev.weir.core.catalog.Input;
import dev.weir.core.catalog.Metric;
import dev.weir.testing.generate.TestConfigs;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** From bytes to slots, and the checks before the exchange. In JSON single quotes stand for double ones. */
class DecodingOracleTest {
    private static final Metric METRIC =
            named("m", "Cel", -40, 125).sentinels(-99.0, 85.0).build();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                // event level, the first fault in the order malformed, sensor, metric, time
                "                                                                   | MALFORMED",
                "[]                                                                 | MALFORMED",
                "{'a':1} {}                                                         | MALFORMED",
                "{'sensor_id':'','metric':'m','value':1}                            | MALFORMED",
                "{'sensor_id':7,'metric':'\\ud800','value':1}                       | MALFORMED",
                "{'sensor_id':'a\\u0000b','metric':'m','value':1,'event_time':0}    | MALFORMED",
                "{'sensor_id':'s','metric':'m','value':1,'event_time':0,'site':'a\\nb'} | MALFORMED",
                "{'metric':5,'value':1}                                             | MISSING_FIELD",
                "{'sensor_id':'NA','metric':'m','value':1,'event_time':0}           | MISSING_FIELD",
                "{'sensor_id':true,'value':1}                                       | WRONG_TYPE",
                "{'sensor_id':7,'value':1}                                          | MISSING_FIELD",
                "{'sensor_id':7,'metric':false,'value':1}                           | WRONG_TYPE",
                "{'sensor_id':'s','metric':null,'value':1,'event_time':true}        | MISSING_FIELD",
                "{'sensor_id':'s','metric':'m','value':1,'event_time':'NA'}         | MISSING_FIELD",
                "{'sensor_id':'s','metric':'m','value':1,'event_time':'1772366400000'} | WRONG_TYPE",
                "{'sensor_id':'s','metric':'m','value':1,'event_time':NaN}          | WRONG_TYPE",
                // reading level
                "{'sensor_id':'s','metric':'m','event_time':1772366400000}                                  | MISSING_FIELD",
                "{'sensor_id':'s','metric':'m','event_time':1772366400000,'value':'NAN'}                    | MISSING_FIELD",
                "{'sensor_id':'s','metric':'m','event_time':1772366400000,'value':'21.5'}                   | WRONG_TYPE",
                "{'sensor_id':'s','metric':'m','event_time':1772366400000,'value':1,'unit':5}               | WRONG_TYPE",
                "{'sensor_id':'s','metric':'m','event_time':1772366400000,'value':NaN}                      | NON_FINITE",
                "{'sensor_id':'s','metric':'x','event_time':1772366400000,'value':1e999}                    | NON_FINITE",
                "{'sensor_id':'s','metric':'x','event_time':1772366400000,'value':1,'unit':'lx'}            | UNKNOWN_METRIC",
                "{'sensor_id':'s','metric':'m','event_time':1772366400000,'value':-99,'unit':'lx'}          | UNIT_MISMATCH",
                "{'sensor_id':'s','metric':'m','event_time':1772366400000,'value':-99}                      | OUT_OF_RANGE sentinel",
                "{'sensor_id':'s','metric':'m','event_time':1772366400000,'value':85,'unit':'[degF]'}       | OUT_OF_RANGE sentinel",
                "{'sensor_id':'s','metric':'m','event_time':1772366400000,'value':-41}                      | OUT_OF_RANGE",
                "{'sensor_id':'s','metric':'m','event_time':0,'value':126}                                  | OUT_OF_RANGE",
                "{'sensor_id':'s','metric':'m','event_time':978307199999,'value':1}                         | ANCIENT_TIMESTAMP",
                "{'sensor_id':'s','metric':'m','event_time':-1e999,'value':1}                               | ANCIENT_TIMESTAMP",
                "{'sensor_id':'s','metric':'m','event_time':9223372036854775807,'value':1}                  | FUTURE_TIMESTAMP",
                "{'sensor_id':'s','metric':'m','event_time':1772366700001,'value':1}                        | FUTURE_TIMESTAMP",
                // good
                "{'sensor_id':7,'metric':'m','event_time':1772366700000,'value':-0,'site':1}                | ok",
                "{'sensor_id':'s','metric':'m','event_time':1772366700000,'value':1}                        | ok",
                "{'sensor_id':'s','metric':'m','event_time':978307200000,'value':125}                       | ok",
                "{'sensor_id':'s','metric':'m','event_time':1772366400000,'value':257,'unit':'[degF]'}      | ok",
                "{'value':'no','sensor_id':'s','metric':'m','event_time':1772366400000,'value':1}           | ok",
            })
    void givesEachEventItsReason(String json, String verdict) {
        Feed feed = Feed.of(null, METRIC).json(json == null ? "" : json);

        assertThat(feed.verdicts()).containsExactly(verdict);
    }

    @Test
    void refusesWhatIsTooMuch() {
        String tail = "'sensor_id':'s','metric':'m','event_time':1772366400000,'value':1}";
        String head = "{'pad':'" + "x".repeat((1 << 20) - tail.length() - "{'pad':'',".length());
        String many = "'f':1,".repeat(9_996);
        Feed feed = Feed.of(null, METRIC)
                .bytes(null)
                .bytes(new byte[] {'{', '"', (byte) 0xC3, '(', '"'})
                .json(head + "'," + tail) // 1 MiB
                .json(head + "x'," + tail)
                .json("{" + many + tail.replace("00000,", "00001,")) // 10,000 fields
                .json("{'f':1," + many + tail)
                .json("{'a':" + "[".repeat(499) + "]".repeat(499) + "," + tail.replace("00000,", "00002,")) // 500 deep
                .json("{'a':" + "[".repeat(500) + "]".repeat(500) + "," + tail)
                .json("{" + tail.replace("'s'", "'" + "i".repeat(255) + "'"))
                .json("{" + tail.replace("'s'", "'" + "i".repeat(256) + "'"));

        assertThat(feed.verdicts())
                .containsExactly(
                        "MALFORMED",
                        "MALFORMED",
                        "ok",
                        "MALFORMED",
                        "ok",
                        "MALFORMED",
                        "ok",
                        "MALFORMED",
                        "ok",
                        "MALFORMED");
    }

    @Test
    void followsPointersAndLeavesOutOptionalMetrics() {
        Outcome outcome = new Feed(TestConfigs.wideJson())
                .json("{'device':{'id':'s','site':'hall'},'time':'2026-03-01T12:00:00Z',"
                        + "'data':{'temperature':20.5,'battery':null},'pressure':'NA'}")
                .outcome();

        assertThat(outcome.readings()).singleElement().satisfies(reading -> {
            assertThat(reading.series().metric()).isEqualTo("temperature");
            assertThat(reading.site()).isEqualTo("hall");
            assertThat(reading.unit()).isEqualTo("Cel");
        });
        // humidity is absent, pressure a null text; battery is optional and no slot
        assertThat(outcome.rejects()).extracting(Rejected::metric).containsExactly("humidity", "pressure");
        assertThat(outcome.books()).containsEntry("readings.decoded", 3L);
    }

    static Stream<Arguments> csvRows() {
        return Stream.of(
                arguments("s,1772366400,m,1", "ok"),
                arguments("s,1772366400,m,+1.5e0,Cel,\r\n", "ok"),
                arguments("\"s\",\"1772366400\",\"m\",\"1\"", "ok"),
                arguments("s,1772366400,m, 1 ,,", "ok"),
                arguments("s,1772366400,m,NA", "MISSING_FIELD"),
                arguments("s,1772366400,m", "MISSING_FIELD"),
                arguments("s", "MISSING_FIELD"),
                arguments(",1772366400,m,1", "MALFORMED"),
                arguments("s,1772366400,m,0x10", "WRONG_TYPE"),
                arguments("s,1772366400,m,1d", "WRONG_TYPE"),
                arguments("s,1772366400,m,-inf", "NON_FINITE"),
                arguments("s,1772366400,m,1,Cel,hall,", "MALFORMED"),
                arguments("s,1772366400,m,1\ns,1,m,1", "MALFORMED"),
                arguments("\"s,1772366400,m,1", "MALFORMED"),
                arguments("\"s\"x,1772366400,m,1", "MALFORMED"));
    }

    @ParameterizedTest
    @MethodSource("csvRows")
    void readsCsvRows(String row, String verdict) {
        WeirConfig config = Feed.config(TestConfigs.csvLong().catalog().inputs().get(0), null, METRIC);

        assertThat(new Feed(config).text(row).verdicts()).containsExactly(verdict);
    }

    @Test
    void undoesQuotes() throws EventFault {
        Input.Csv csv = new Input.Csv(List.of("a", "b", "c", "d"), ';', false);

        Map<String, String> row = CsvFields.parse("\"x;\"\"y\"\"\nz\";;5\" pipe", csv, csv.header());

        assertThat(List.of(row.get("a"), row.get("b"), row.get("c"))).containsExactly("x;\"y\"\nz", "", "5\" pipe");
        assertThat(row.get("d")).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // exact values by hand: (F + 459.67) 5/9 - 273.15; 1 km/h = 1/3.6 m/s; UCUM's metre of mercury is
                // 133.322 kPa
                "50 | [degF] | Cel | 10",
                "-40 | [degF] | Cel | -40",
                "0 | Cel | K | 273.15",
                "36 | km/h | m/s | 10",
                "1 | mm[Hg] | Pa | 133.322",
                "1013.25 | hPa | kPa | 101.325",
                "1 | bar | mbar | 1000",
                "0.5 | 1 | % | 50",
                "3300 | mV | V | 3.3",
                "1 | [ppm] | [ppb] | 1000",
                "25 | cm | mm | 250",
                "1 | mg/m3 | ug/m3 | 1000",
                "1 | m³/h | l/min | 16.666666666666668",
                "1 | kWh | W.s | 3600000",
                "1 | °C | Cel | 1",
                "1 | NTU | {NTU} | 1",
                // UCUM's numbers may begin with 0 and have any length: 12 / (5 * 2026), and 48 * 55435931181973
                "48.6659031 | 12/05/2026 | % | 5.764963842053307",
                "48.5543593 | 48.55435931181973 | % | 1.2919949379550036E19",
                "1 | cm02 | m2 | 0.0001",
            })
    void convertsUnits(BigDecimal value, String from, String to, double expected) {
        assertThat(Units.convertible(from, to)).isTrue();
        assertThat(Units.convert(value, from, to).nearest()).isEqualTo(expected);
        assertThat(Units.convertible("lx", to)).isFalse();
    }

    @Test
    void readsCsvAsUtf8() {
        byte[] latin1 = "s\u00e4,1772366400,m,1".getBytes(StandardCharsets.ISO_8859_1);
        WeirConfig config = Feed.config(TestConfigs.csvLong().catalog().inputs().get(0), null, METRIC);

        assertThat(new Feed(config).bytes(latin1).text("s\u00e4,1772366400,m,1").verdicts())
                .containsExactly("MALFORMED", "ok");
    }
}
