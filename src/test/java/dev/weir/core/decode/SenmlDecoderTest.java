package dev.weir.core.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.core.TestInput;
import dev.weir.core.catalog.FieldSource;
import dev.weir.core.catalog.Input;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Packs as RFC 8428 describes them. A line is the index, name, unit, time, value, sum and the first other value. */
class SenmlDecoderTest {
    private final Reader senml = new Reader(new TestInput().senml().build());

    private static final class Reader {
        private final Layout layout;
        private final Decoder decoder;
        private final Items items;

        Reader(Input input) {
            layout = new Layout(input);
            decoder = Decoder.of(input, layout);
            items = new Items(layout, Set.of("", "NA"));
        }

        List<String> lines(String pack) {
            items.clear();
            try {
                decoder.decode(pack.replace('\'', '"').getBytes(UTF_8), null, items);
            } catch (MalformedEventException e) {
                return List.of("malformed: " + e.getMessage());
            }
            List<String> lines = new ArrayList<>();
            for (int i = 0; i < items.size(); i++) {
                Cells item = items.item(i);
                StringBuilder line = new StringBuilder(items.index(item)).append(':');
                for (String field : List.of("n", "u", "t", "v", "s", "vb", "vs")) {
                    line.append(' ').append(shown(item, layout.slot(FieldSource.field(field))));
                }
                lines.add(line.toString());
            }
            return lines;
        }

        private static String shown(Cells cells, int slot) {
            return switch (cells.kind(slot)) {
                case ABSENT -> "-";
                case NULL -> "null";
                case TEXT -> cells.text(slot);
                case INTEGER, DECIMAL -> String.valueOf(cells.number(slot));
                case BOOLEAN -> cells.integer(slot) == 1 ? "true" : "false";
                case INSTANT -> Micros.iso(cells.integer(slot));
                case RELATIVE -> "now" + (cells.integer(slot) < 0 ? "" : "+") + cells.integer(slot);
                default -> "{}";
            };
        }
    }

    @Test
    void aRecordMayStandAlone() {
        assertThat(senml.lines("[{'n':'urn:dev:ow:10e2073a01080063','u':'Cel','v':23.1}]"))
                .containsExactly("0: urn:dev:ow:10e2073a01080063 Cel now+0 23.1 - - -");
        assertThat(senml.lines("[]")).isEmpty();
    }

    /** After the example of several data points in the RFC. */
    @Test
    void baseFieldsHoldForTheRecordAndThoseBehindIt() {
        assertThat(senml.lines(
                        "[{'bn':'urn:dev:1:','bt':1.276020076001e+09,'bu':'A','bver':5,'n':'voltage','u':'V','v':120.1},"
                                + "{'n':'current','t':-5,'v':1.2},{'n':'current','t':-4.5,'v':1.3},"
                                + "{'bn':'urn:dev:2:','n':'x','v':1},{'bu':'','bn':'','n':'y','v':2}]"))
                .containsExactly(
                        "0: urn:dev:1:voltage V 2010-06-08T18:01:16.001Z 120.1 - - -",
                        "1: urn:dev:1:current A 2010-06-08T18:01:11.001Z 1.2 - - -",
                        "2: urn:dev:1:current A 2010-06-08T18:01:11.501Z 1.3 - - -",
                        "3: urn:dev:2:x A 2010-06-08T18:01:16.001Z 1.0 - - -",
                        "4: y - 2010-06-08T18:01:16.001Z 2.0 - - -");
    }

    @Test
    void aRecordWithoutAValueIsNoItemButItsBaseFieldsHold() {
        assertThat(senml.lines("[{'bn':'d'},{'bt':1300000000},{'n':'a','u':'V'},{'v':1},{},{'v':2}]"))
                .containsExactly("3: d - 2011-03-13T07:06:40Z 1.0 - - -", "5: d - 2011-03-13T07:06:40Z 2.0 - - -");
    }

    @Test
    void valuesOfEveryKind() {
        assertThat(senml.lines("[{'bn':'d','vb':true},{'vs':'ON'},{'vd':'aGk'},{'s':5},{'v':null},{'v':'x'}]"))
                .containsExactly(
                        "0: d - now+0 - - true -",
                        "1: d - now+0 - - - ON",
                        "2: d - now+0 - - - -",
                        "3: d - now+0 - 5.0 - -",
                        "4: d - now+0 null - - -",
                        "5: d - now+0 x - - -");
    }

    @Test
    void baseValueAndBaseSumAreAdded() {
        assertThat(senml.lines("[{'bn':'d','bv':0.1,'v':0.2},{'v':-7},{'bs':100,'s':0.5,'v':1},{'v':2},{'s':1},"
                        + "{'bv':0,'v':21.299999237060547},{'bv':1,'v':'3'},{'vb':true}]"))
                .containsExactly(
                        "0: d - now+0 0.3 - - -",
                        "1: d - now+0 -6.9 - - -",
                        "2: d - now+0 1.1 100.5 - -",
                        "3: d - now+0 2.1 100.0 - -",
                        "4: d - now+0 - 101.0 - -",
                        "5: d - now+0 21.299999237060547 100.0 - -",
                        "6: d - now+0 {} 100.0 - -",
                        "7: d - now+0 - 100.0 true -");
    }

    /** 100 and 3.01249132694134 are not the sum of their doubles. */
    @ParameterizedTest
    @CsvSource({
        "3, 0.01249132694134, 3.01249132694134",
        "-100, 103.0124913269413433333, 3.0124913269413433333",
        "0.1, 0.2, 0.3",
        "1e30, -1e30, 0",
        "1e300, 1e-300, 1e300",
        "1e308, 1e308, Infinity",
        "1e-2000, 1e-2000, 0",
        "7, 1e-99999999999, 7",
    })
    void theBaseValueIsAddedExactly(String base, String value, double sum) {
        String pack = "[{'n':'d','bv':" + base + ",'v':" + value + ",'bs':" + base + ",'s':" + value + "}]";
        assertThat(senml.lines(pack)).containsExactly("0: d - now+0 " + sum + " " + sum + " - -");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'bt':1320067464 , 't':0.5 | 2011-10-31T13:24:24.500Z",
                "'bt':1.320067464e+09 , 't':-1e-1 | 2011-10-31T13:24:23.900Z",
                "'t':268435456 | 1978-07-04T21:24:16Z",
                "'t':268435455.9999999 | now+268435455999999",
                "'bt':268435455 , 't':1 | 1978-07-04T21:24:16Z",
                "'bt':1320067464 , 't':-1320067465 | now-1000000",
                "'t':-0.0000001 | now-1",
                "'bt':0.0000005 , 't':0.0000005 | now+1",
                "'bt':1e-200 , 't':-1e-200 | now+0",
                "'t':-1e-200 | now-1",
                "'t':-1e-20000 | now-1",
                "'t':1e999999999999 | +294247-01-10T04:00:54.775807Z",
                "'t':-1e400 | now-9223372036854775807",
                "'bt':1e30 , 't':-1e30 | now+0",
                "'bt':9223372036854775807 , 't':9223372036854775807 | +294247-01-10T04:00:54.775807Z",
                "'t':'5' | 5",
                "'t':true | true",
                "'t':null | now+0",
            })
    void timesAreSummedExactly(String fields, String time) {
        assertThat(senml.lines("[{'n':'d','v':1," + fields + "}]")).containsExactly("0: d - " + time + " 1.0 - - -");
    }

    @Property(tries = 1_000)
    void everyTimeIsExact(
            @ForAll @BigRange(min = "-3e9", max = "3e9") @Scale(9) BigDecimal base,
            @ForAll @BigRange(min = "-3e9", max = "3e9") @Scale(9) BigDecimal time) {
        BigDecimal sum = base.add(time);
        long micros = sum.movePointRight(6).setScale(0, RoundingMode.FLOOR).longValueExact();
        boolean absolute = sum.compareTo(new BigDecimal(1 << 28)) >= 0;
        String expected = absolute ? Micros.iso(micros) : "now" + (micros < 0 ? "" : "+") + micros;
        assertThat(senml.lines("[{'n':'d','v':1,'bt':" + base.toPlainString() + ",'t':" + time.toPlainString() + "}]"))
                .containsExactly("0: d - " + expected + " 1.0 - - -");
    }

    @Test
    void aVeryLongTimeIsRead() {
        assertThat(senml.lines("[{'n':'d','v':1,'t':1320067464." + "0".repeat(200_000) + "1}]"))
                .containsExactly("0: d - 2011-10-31T13:24:24Z 1.0 - - -");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[{'bver':11,'n':'d','v':1}] | SenML version bver 11 is above 10",
                "[{'n':'d','v':1},{'bver':27}] | SenML version bver 27 is above 10",
                "[{'bver':'x','n':'d','v':1}] | SenML field bver is not a number",
                "[{'bn':5,'n':'d','v':1}] | SenML field bn is not a text",
                "[{'bu':true,'n':'d','v':1}] | SenML field bu is not a text",
                "[{'bt':'1','n':'d','v':1}] | SenML field bt is not a number",
                "[{'bv':[],'n':'d','v':1}] | SenML field bv is not a number",
                "[{'bs':'1','n':'d','v':1}] | SenML field bs is not a number",
                "[{'n':'d','v':1,'x_':2}] | SenML field \"x_\" must be understood and is not",
                "[{'n':'d','v':1,'ö_':2}] | SenML field \"ö_\" must be understood and is not",
                "[{'n':'d','v':1},5] | a SenML record is not an object",
                "[{'n':'d','v':1},[{}]] | a SenML record is not an object",
            })
    void aPackThatMustNotBeReadIsMalformed(String pack, String message) {
        assertThat(senml.lines(pack)).containsExactly("malformed: " + message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"'bver':10", "'bver':1", "'bver':10.0", "'bver':26", "'bver':null", "'x':{'y_':1}", "'_':1,'x':1"
            })
    void otherPacksAreRead(String field) {
        String pack = "[{'n':'d','v':1," + field + "}]";
        assertThat(senml.lines(pack.replace("'_':1,", ""))).containsExactly("0: d - now+0 1.0 - - -");
    }

    @Test
    void aFieldThatIsMappedIsUnderstood() {
        Reader mapped = new Reader(
                new TestInput().senml().site(FieldSource.field("place_")).build());
        assertThat(mapped.lines("[{'n':'d','v':1,'place_':'x'}]")).containsExactly("0: d - now+0 1.0 - - -");
    }

    @Test
    void aNameIsTheBaseNameAndTheName() {
        assertThat(
                        senml.lines(
                                "[{'bn':'NA','v':1},{'n':'x','v':2},{'n':7,'v':3},{'n':{},'v':4},{'bn':'','v':5},{'n':'','v':6}]"))
                .containsExactly(
                        "0: null - now+0 1.0 - - -",
                        "1: NAx - now+0 2.0 - - -",
                        "2: NA7 - now+0 3.0 - - -",
                        "3: {} - now+0 4.0 - - -",
                        "4: - - now+0 5.0 - - -",
                        "5: - - now+0 6.0 - - -");
    }

    @Test
    void eachPackHasBaseFieldsOfItsOwn() {
        Reader nested =
                new Reader(new TestInput().senml().each("/packs").each("").build());
        assertThat(nested.lines(
                        "{'packs':[[{'bn':'a','bt':1300000000,'bu':'V','bv':1,'bs':1,'v':1}],[{'v':2}],{'x':1}]}"))
                .containsExactly(
                        "0.0: a V 2011-03-13T07:06:40Z 2.0 1.0 - -", "1.0: - - now+0 2.0 - - -", "2: - - - - - - -");
        Reader wrapped = new Reader(new TestInput().senml().unwrap("/p").build());
        assertThat(wrapped.lines("{'p':'[{\\'n\\':\\'d\\',\\'v\\':1}]'}")).containsExactly("0: d - now+0 1.0 - - -");
        assertThat(senml.lines("{'n':'d','v':1}")).as("not an array").hasSize(1);
    }

    @Test
    void rowsOfBaseFieldsAreUsedAgain() {
        for (int i = 0; i < 3; i++) {
            assertThat(senml.lines("[{'bn':'a'},{'v':1},{'bn':'b'},{'v':2}]"))
                    .containsExactly("1: a - now+0 1.0 - - -", "3: b - now+0 2.0 - - -");
            assertThat(senml.lines("[{'v':5},{'v':6},{'v':7}]")).hasSize(3);
        }
    }
}
