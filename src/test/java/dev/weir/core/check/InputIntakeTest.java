package dev.weir.core.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.core.TestInput;
import dev.weir.core.catalog.Catalog.UnknownMetric;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Events of several items, and of items with several readings. */
class InputIntakeTest extends InputEvents {
    private final Intake items = intake(new TestInput()
            .arrival()
            .each("/r")
            .sensor("^/gw")
            .metric("n")
            .value("v")
            .build());

    @Test
    void anItemThatFailsRejectsItselfAndNotItsNeighbours() {
        assertThat(judge(
                        items,
                        "{'gw':'g','r':[{'n':'temp','v':1},{'n':'temp'},{'v':3},{'n':'hum','v':4},{'n':'x','v':5}]}"))
                .containsExactly(
                        "g temp 1.0",
                        "g hum 4.0",
                        "MISSING_FIELD of temp item 1: value \"v\"",
                        "MISSING_FIELD item 2: metric \"n\"",
                        "UNKNOWN_METRIC of x item 4: not in the catalog");
        assertThat(judge(items, "{'gw':'g','r':[]}")).isEmpty();
        assertThat(judge(items, "{'gw':'g','r':[{'n':'temp','v':300}]}"))
                .containsExactly("OUT_OF_RANGE of temp item 0: 300.0 is outside -40.0 to 125.0");
        assertThat(judge(items, "{'gw':'','r':[{'n':'temp','v':1},{'n':7,'v':1}]}"))
                .containsExactly("MALFORMED item 0: sensor \"\" is empty", "MALFORMED item 1: sensor \"\" is empty");
        assertThat(judge(items, "{'r':[{'n':'temp','v':1},{'n':{},'v':1}]}"))
                .containsExactly("MISSING_FIELD item 0: sensor \"^/gw\"", "MISSING_FIELD item 1: sensor \"^/gw\"");
        assertThat(judge(items, "{'gw':'g','r':[{'n':'','v':1},{'n':[],'v':1},5]}"))
                .containsExactly(
                        "MALFORMED item 0: metric \"\" is empty",
                        "WRONG_TYPE item 1: metric \"n\" is neither a text nor a number",
                        "MISSING_FIELD item 2: metric \"n\"");
    }

    @Test
    void anArrayThatIsNotThereRejectsTheEvent() {
        assertThat(judge(items, "{'gw':'g'}")).containsExactly("event MISSING_FIELD each \"/r\"");
        assertThat(judge(items, "{'gw':'g','r':null}")).containsExactly("event MISSING_FIELD each \"/r\"");
        assertThat(judge(items, "{'gw':'g','r':{}}")).containsExactly("event WRONG_TYPE each \"/r\" is not an array");
        assertThat(judge(items, "{'gw':'','r':{}}")).containsExactly("event MALFORMED sensor \"\" is empty");
        assertThat(judge(items, "[]")).containsExactly("event MALFORMED not a JSON object");
        assertThat(judge(items, "{'gw':'g','r':[{'n':'temp','v':1}"))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("event MALFORMED");
    }

    @Test
    void anInnerArrayThatIsNotThereRejectsTheItem() {
        Intake nested = intake(new TestInput()
                .arrival()
                .each("/a")
                .each("/b")
                .sensor("^/id")
                .metric("n")
                .value("v")
                .build());
        assertThat(
                        judge(
                                nested,
                                "{'a':[{'id':1,'b':[{'n':'temp','v':1},{'n':'temp','v':'x'}]},{'id':2},{'b':{}},{'b':[]},{'b':[{}]}]}"))
                .containsExactly(
                        "1 temp 1.0",
                        "WRONG_TYPE of temp item 0.1: value \"v\" is \"x\", a text and not a number",
                        "MISSING_FIELD item 1: each \"/b\"",
                        "WRONG_TYPE item 2: each \"/b\" is not an array",
                        "MISSING_FIELD item 4.0: sensor \"^/id\"");
        assertThat(judge(nested, "{'a':0}")).containsExactly("event WRONG_TYPE each \"/a\" is not an array");
    }

    @Test
    void aWrappedTextThatIsNotThereRejectsTheEvent() {
        Intake wrapped =
                intake(new TestInput().arrival().unwrap("/p").each("/r").build());
        assertThat(judge(wrapped, "{}")).containsExactly("event MISSING_FIELD unwrap \"/p\"");
        assertThat(judge(wrapped, "{'p':[]}")).containsExactly("event WRONG_TYPE unwrap \"/p\" is not a text");
        assertThat(judge(wrapped, "{'p':'{}'}")).containsExactly("event MISSING_FIELD each \"/r\"");
        assertThat(judge(wrapped, "{'p':'x'}"))
                .first()
                .asString()
                .startsWith("event MALFORMED the text at \"/p\": not JSON");
        Intake one = intake(new TestInput().arrival().unwrap("/p").build());
        assertThat(judge(one, "{'p':'{\\'sensor\\':1,\\'metric\\':\\'temp\\',\\'value\\':2}'}"))
                .containsExactly("1 temp 2.0");
        assertThat(judge(one, "{'p':'{\\'sensor\\':1,\\'metric\\':\\'temp\\'}'}"))
                .as("no item, no number")
                .containsExactly("MISSING_FIELD of temp value \"value\"");
        assertThat(judge(one, "{'p':'{}'}")).containsExactly("event MISSING_FIELD sensor \"sensor\"");
    }

    @Test
    void aTimeThatIsWrongRejectsTheItem() {
        Intake timed = intake(new TestInput().each("/r").sensor("^/gw").build());
        assertThat(judge(
                        timed,
                        ("{'gw':'g','r':[{'metric':'temp','value':1,'time':%d},{'metric':'temp','value':1,'time':'x'},"
                                        + "{'metric':'temp'},{'metric':'temp','value':1,'time':%d}]}")
                                .formatted(MILLIS + 1, MILLIS + 300_001)))
                .containsExactly(
                        "g temp 1.0 at 1000",
                        "WRONG_TYPE item 1: event time \"time\" is \"x\", which none of the formats reads",
                        "MISSING_FIELD item 2: event time \"time\"",
                        "FUTURE_TIMESTAMP of temp item 3: 2024-03-01T12:05:00.001Z is after 2024-03-01T12:05:00Z,"
                                + " the record's own timestamp plus weir.time.future-skew");
    }

    @Test
    void metricsThatTheCatalogDoesNotListMayBeIgnored() {
        unknown = UnknownMetric.IGNORE;
        Intake ignoring = intake(new TestInput().each("/r").build());
        assertThat(
                        judge(
                                ignoring,
                                "{'r':[{'sensor':1,'metric':'x'},{'metric':'x','time':'y'},{'sensor':'','metric':'x'},{'sensor':1}]}"))
                .containsExactly("MALFORMED item 2: sensor \"\" is empty", "MISSING_FIELD item 3: metric \"metric\"");
        Intake flat = intake(new TestInput().build());
        assertThat(judge(flat, "{'metric':'x'}")).as("decoded, without a slot").isEmpty();
        assertThat(judge(flat, "{'metric':'temp'}")).containsExactly("event MISSING_FIELD sensor \"sensor\"");
        assertThat(judge(flat, "{'metric':null}")).containsExactly("event MISSING_FIELD sensor \"sensor\"");
        assertThat(judge(flat, "{'sensor':'','metric':'x'}")).containsExactly("event MALFORMED sensor \"\" is empty");
        Intake members = intake(new TestInput().arrival().wildcard("").build());
        assertThat(judge(members, "{'sensor':1,'x':2,'temp':3,'hum':null,'y':'z'}"))
                .containsExactly("1 temp 3.0");
    }

    @Test
    void everyMemberIsAReading() {
        Intake members = intake(new TestInput()
                .arrival()
                .wildcard("/m")
                .sensor("id")
                .reading("hum", "/m/h")
                .build());
        assertThat(judge(members, "{'id':'s','m':{'h':5,'temp':1,'x':2,'hum':9,'n':{'temp':3}}}"))
                .containsExactly(
                        "s hum 5.0",
                        "s temp 1.0",
                        "UNKNOWN_METRIC of x not in the catalog",
                        "UNKNOWN_METRIC of n.temp not in the catalog");
        assertThat(judge(members, "{'id':'s','m':{'temp':null,'h':null}}"))
                .containsExactly("MISSING_FIELD of temp value \"temp\"");
        assertThat(judge(members, "{'id':'s','m':{'temp':'hot','':1,'a\\u0000':2}}"))
                .containsExactly(
                        "WRONG_TYPE of temp value \"temp\" is \"hot\", a text and not a number",
                        "MALFORMED metric \"\" is empty",
                        "MALFORMED metric \"a?\" has a control character");
        assertThat(judge(members, "{'id':'s','m':5}"))
                .as("no object, no member")
                .isEmpty();
        assertThat(judge(members, "{'m':{'temp':1}}")).containsExactly("event MISSING_FIELD sensor \"id\"");
    }

    @ParameterizedTest
    @CsvSource({"1000, false", "1001, true"})
    void anEventHasAtMostAThousandReadings(int count, boolean malformed) {
        String list = "{'n':'x'},".repeat(count - 1) + "{'n':'temp','v':1}";
        StringBuilder object = new StringBuilder();
        for (int i = 0; i < count; i++) {
            object.append(",'m").append(i).append("':1");
        }
        Intake members = intake(new TestInput().arrival().wildcard("").build());
        Intake both = intake(
                new TestInput().arrival().each("/r").wildcard("").sensor("^/gw").build());
        List<String> event = List.of("event MALFORMED more than 1000 readings");
        check(judge(items, "{'gw':'g','r':[" + list + "]}"), count, malformed);
        check(judge(members, "{'sensor':1" + object + "}"), count, malformed);
        assertThat(judge(members, "{'y':1" + object + "}"))
                .as("malformed comes before a missing sensor, which here makes one more member")
                .isEqualTo(event);
        assertThat(judge(both, "{'r':[{'a':1" + object + "}]}"))
                .as("even in an item")
                .isEqualTo(event);
    }

    private static void check(List<String> lines, int count, boolean malformed) {
        assertThat(lines).hasSize(malformed ? 1 : count);
        assertThat(lines.get(0).startsWith("event MALFORMED more than 1000 readings"))
                .isEqualTo(malformed);
    }
}
