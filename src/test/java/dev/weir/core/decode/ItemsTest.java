package dev.weir.core.decode;

import static dev.weir.core.decode.ItemsFixture.base64;
import static dev.weir.core.decode.ItemsFixture.each;
import static dev.weir.core.decode.ItemsFixture.unwrap;
import static dev.weir.core.decode.ItemsFixture.unwrapBase64;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How an event opens into items. {@link ItemsPropertyTest} has all forms at random, against a tree. */
class ItemsTest {

    @Test
    void anEventWithoutOpeningsIsOneItem() {
        ItemsFixture one = ItemsFixture.of(List.of(), null, "a", "/b/c");
        assertThat(one.lines("{'a':1,'b':{'c':'x'}}")).containsExactly(": 1 'x'");
        assertThat(one.lines("{}")).containsExactly(": - -");
    }

    @Test
    void everyElementOfAnArrayIsAnItemAndHasWhatIsAroundIt() {
        ItemsFixture array = ItemsFixture.of(List.of(each("/r")), null, "v", "^/gw", "/n/0");
        assertThat(array.lines("{'gw':'g','r':[{'v':1},{'v':2.5,'n':[7]},{}]}"))
                .containsExactly("0: 1 'g' -", "1: 2.5 'g' 7", "2: - 'g' -");
        assertThat(array.lines("{'r':[{'v':1}],'gw':'behind'}")).containsExactly("0: 1 'behind' -");
        assertThat(array.lines("{'r':[]}")).isEmpty();
        assertThat(array.lines("{'r':[1,'x',null,[{'v':3}]]}"))
                .as("elements that are no objects have no fields")
                .containsExactly("0: - - -", "1: - - -", "2: - - -", "3: - - -");
    }

    @Test
    void arraysNest() {
        ItemsFixture nested = ItemsFixture.of(List.of(each("/a"), each("/b")), null, "v", "^/id", "^^/gw");
        assertThat(nested.lines("{'gw':'g','a':[{'id':1,'b':[{'v':5},{'v':6}]},{'b':[]},{'b':[{'v':7}],'id':3}]}"))
                .containsExactly("0.0: 5 1 'g'", "0.1: 6 1 'g'", "2.0: 7 3 'g'");
        assertThat(nested.lines("{'a':[{'id':1},{'id':2,'b':5},{'id':3,'b':null},{'b':[{'v':1}]}]}"))
                .containsExactly(
                        "0: no /b, ABSENT - 1 -", "1: no /b, OTHER - 2 -", "2: no /b, NULL - 3 -", "3.0: 1 - -");
        assertThat(nested.lines("{'gw':'g'}")).containsExactly(": no /a, ABSENT in the event - - 'g'");
    }

    @Test
    void theEventItselfMayBeTheArray() {
        ItemsFixture array = ItemsFixture.of(List.of(each("")), null, "v");
        assertThat(array.lines(" [{'v':1},{'v':2}]")).containsExactly("0: 1", "1: 2");
        assertThat(array.lines("[]")).isEmpty();
        assertThat(array.lines("{'v':1}")).containsExactly(": no , OTHER in the event -");
        assertThat(array.lines("null")).containsExactly(": no , NULL in the event -");
        assertThat(array.lines("[[],[1]]")).containsExactly("0: -", "1: -");
        ItemsFixture matrix = ItemsFixture.of(List.of(each(""), each("")), null, "");
        assertThat(matrix.lines("[[1,2],[],[3]]")).containsExactly("0.0: 1", "0.1: 2", "2.0: 3");
    }

    @Test
    void aWordIsABareValueUnlessItWasMeantToBeJson() {
        ItemsFixture bare = ItemsFixture.of(List.of(), null, "");
        assertThat(bare.lines(" ON\r\n")).containsExactly(": 'ON'");
        assertThat(bare.lines("21,5")).containsExactly(": '21,5'");
        assertThat(bare.lines("1 2")).containsExactly(": '1 2'");
        assertThat(bare.lines("NA")).containsExactly(": null");
        assertThat(bare.lines("{'a':")).hasSize(1).allMatch(line -> line.startsWith("malformed: not JSON"));
        assertThat(bare.lines("'ON")).hasSize(1).allMatch(line -> line.startsWith("malformed: not JSON"));
        assertThat(bare.lines(" ")).containsExactly("malformed: empty");
        assertThat(bare.lines("O\0N")).containsExactly("malformed: not JSON: a zero byte");
        assertThat(ItemsFixture.of(List.of(), null, "v").lines("ON"))
                .hasSize(1)
                .allMatch(line -> line.startsWith("malformed: not JSON"));
        ItemsFixture wrapped = ItemsFixture.of(List.of(unwrap("/p")), null, "", "^/t");
        assertThat(wrapped.lines("{'t':'a/b','p':'OFF'}")).containsExactly(": 'OFF' 'a/b'");
    }

    @Test
    void aBareValueIsAnItemWhereItIsMapped() {
        ItemsFixture bare = ItemsFixture.of(List.of(), null, "");
        assertThat(bare.lines("21.5")).containsExactly(": 21.5");
        assertThat(bare.lines("'ON'")).containsExactly(": 'ON'");
        assertThat(bare.lines("'NA'")).containsExactly(": null");
        assertThat(bare.lines("true")).containsExactly(": true");
        assertThat(bare.lines("[1]")).containsExactly(": {}");
        assertThat(bare.lines("")).containsExactly("malformed: empty");
        assertThat(ItemsFixture.of(List.of(), null, "v").lines("21.5")).containsExactly("malformed: not a JSON object");
    }

    @Test
    void aRepeatedKeyReplacesTheItemsOfTheFirst() {
        ItemsFixture nested = ItemsFixture.of(List.of(each("/x/a"), each("/b")), null, "v", "^/id");
        String items = "'a':[{'id':1,'b':[{'v':5},{'v':6}]},{'id':2,'b':[{'v':8}]}]";
        assertThat(nested.lines("{'x':{" + items + ",'a':[{'b':[{'v':7}]}]}}")).containsExactly("0.0: 7 -");
        assertThat(nested.lines("{'x':{" + items + "},'x':{}}")).containsExactly(": no /x/a, ABSENT in the event - -");
        assertThat(nested.lines("{'x':{" + items + "},'x':1}")).containsExactly(": no /x/a, ABSENT in the event - -");
        assertThat(nested.lines("{'x':{" + items + ",'a':null}}")).containsExactly(": no /x/a, NULL in the event - -");
        assertThat(nested.lines("{'x':{'a':[{'b':[{'v':1},{'v':2}],'b':[{'v':3}]},{'b':[{'v':4}],'b':0}]}}"))
                .containsExactly("0.0: 3 -", "1: no /b, OTHER - -");
        assertThat(nested.lines("{'x':{'a':[{},{}],'a':[{'b':[{'v':9}]}]}}")).containsExactly("0.0: 9 -");
    }

    @Test
    void aWrappedTextIsReadAsAnEvent() {
        ItemsFixture wrapped = ItemsFixture.of(List.of(unwrap("/p")), null, "v", "^/d");
        assertThat(wrapped.lines("{'p':'{\\'v\\':1}','d':'x'}")).containsExactly(": 1 'x'");
        assertThat(wrapped.lines("{'d':'x'}")).containsExactly(": no /p, ABSENT in the event - 'x'");
        assertThat(wrapped.lines("{'p':{'v':1}}")).containsExactly(": no /p, OTHER in the event - -");
        assertThat(wrapped.lines("{'p':'{\\'v\\':1}','p':'{\\'v\\':2}'}")).containsExactly(": 2 -");
        assertThat(wrapped.lines("{'p':''}")).containsExactly("malformed: the text at \"/p\": empty");
        assertThat(wrapped.lines("{'p':'21'}")).containsExactly("malformed: the text at \"/p\": not a JSON object");
        assertThat(wrapped.lines("{'p':'{\\'v\\':'}").get(0)).startsWith("malformed: the text at \"/p\": not JSON");
        assertThat(wrapped.lines("{'p':'{\\'v\\':\\'\\ud800\\'}'}"))
                .containsExactly("malformed: the text at \"/p\": an unpaired surrogate");
    }

    @Test
    void wrappedTextsNestAndHoldArrays() {
        String inner = "[{\"v\":1},{\"v\":2}]";
        ItemsFixture wrapped =
                ItemsFixture.of(List.of(unwrap("/p"), unwrapBase64("/q"), each("")), null, "v", "^^/m", "^^^/d");
        String middle = "{\\\"m\\\":3,\\\"q\\\":\\\"" + base64(inner) + "\\\"}";
        assertThat(wrapped.decode("{\"p\":\"" + middle + "\",\"d\":4}")).containsExactly("0: 1 3 4", "1: 2 3 4");
        assertThat(wrapped.decode("{\"p\":\"{\\\"m\\\":3}\"}"))
                .as("no array has begun")
                .containsExactly(": no /q, ABSENT in the event - 3 -");
        assertThat(wrapped.decode("{\"p\":\"{\\\"q\\\":\\\"" + base64("{}") + "\\\"}\"}"))
                .containsExactly(": no , OTHER in the event - - -");
        assertThat(wrapped.decode("{\"p\":\"{\\\"q\\\":\\\"%\\\"}\"}"))
                .containsExactly("malformed: the text at \"/p\": the text at \"/q\" is not base64");
    }

    @Test
    void ofARepeatedWrappedTextOnlyTheLastCounts() {
        ItemsFixture wrapped = ItemsFixture.of(List.of(unwrap("/p")), null, "v", "^/d");
        assertThat(wrapped.lines("{'p':'{','d':4,'p':'{}'}")).containsExactly(": - 4");
        assertThat(wrapped.lines("{'p':'{}','d':4,'p':'{'}").get(0)).startsWith("malformed: the text at \"/p\"");
        assertThat(wrapped.lines("{'p':'{','d':4,'p':null}")).containsExactly(": no /p, NULL in the event - 4");
    }

    @Test
    void everyScalarMemberOfAnObjectIsAReading() {
        ItemsFixture members = ItemsFixture.of(List.of(), "", "id", "/n/t");
        assertThat(members.lines("{'id':'s','a':1,'b':'x','c':true,'d':null,'e':[1,{'f':2}],'g':{'h':{'i':3},'j':4}}"))
                .containsExactly(": 's' - a=1 b='x' c=true d=null g.h.i=3 g.j=4");
        assertThat(members.lines("{'n':{'t':1,'u':2}}")).containsExactly(": - 1 n.u=2");
        assertThat(members.lines("{'n':5}")).containsExactly(": - - n=5");
        assertThat(ItemsFixture.of(List.of(), "/m", "id").lines("{'id':1,'x':2,'m':{'a':3}}"))
                .containsExactly(": 1 a=3");
        assertThat(ItemsFixture.of(List.of(each("/r")), "/m", "^/id").lines("{'id':1,'r':[{'m':{'a':3}},{},{'m':7}]}"))
                .containsExactly("0: 1 a=3", "1: 1", "2: 1");
    }

    @Test
    void ofMembersThatComeAgainTheLastCounts() {
        ItemsFixture members = ItemsFixture.of(List.of(), "", "/n/t");
        assertThat(members.lines("{'a':1,'b':2,'a':3}")).containsExactly(": - b=2 a=3");
        assertThat(members.lines("{'a':{'b':1,'c':2},'a':{'c':3}}")).containsExactly(": - a.c=3");
        assertThat(members.lines("{'a':{'b':1},'a':[]}")).containsExactly(": -");
        assertThat(members.lines("{'n':{'t':1},'n':5}")).containsExactly(": - n=5");
        assertThat(members.lines("{'a':{'b':{'c':1},'b':{'d':2}},'e':3}")).containsExactly(": - a.b.d=2 e=3");
        assertThat(ItemsFixture.of(List.of(), "/m", "id").lines("{'m':{'a':1},'m':{'b':2}}"))
                .containsExactly(": - b=2");
    }

    @Test
    void ofMembersWithTheSameNameTheLastCounts() {
        ItemsFixture members = ItemsFixture.of(List.of(), "", "id");
        assertThat(members.lines("{'a.b':1,'a':{'b':2}}")).containsExactly(": - a.b=2");
        assertThat(members.lines("{'a':{'b':2},'a.b':1}")).containsExactly(": - a.b=1");
        assertThat(members.lines("{'a.b':1,'a':{'c':2}}")).as("another member").containsExactly(": - a.b=1 a.c=2");
        assertThat(members.lines("{'a.b':1,'a':{'b':2},'a':{}}"))
                .as("what came again took nothing away")
                .containsExactly(": - a.b=1");
    }

    @Test
    void aDeepObjectDoesNotMakeNamesWithoutEnd() {
        ItemsFixture members = ItemsFixture.of(List.of(), "", "id");
        String key = "k".repeat(1_500);
        String event = ("{'" + key + "':").repeat(400) + "1" + "}".repeat(400);
        assertThat(members.lines(event).get(0)).hasSizeLessThan(4_000);
    }

    @ParameterizedTest
    @CsvSource({"10000, false", "10001, true"})
    void anEventHasAtMostTenThousandItems(int items, boolean malformed) {
        String list = "{},".repeat(items - 1) + "{}";
        List<String> lines = ItemsFixture.of(List.of(each("/a")), null, "v").lines("{'a':[" + list + "]}");
        List<String> inner =
                ItemsFixture.of(List.of(each("/a"), each("/b")), null, "v").lines("{'a':[" + list + "]}");
        if (malformed) {
            assertThat(lines).containsExactly("malformed: more than 10000 items");
            assertThat(inner).containsExactly("malformed: more than 10000 items");
        } else {
            assertThat(lines).hasSize(items);
            assertThat(inner).hasSize(items);
        }
    }

    @Test
    void anEarlierEventLeavesNothing() {
        ItemsFixture nested = ItemsFixture.of(List.of(each("/a"), each("/b")), "", "v", "^/id");
        String large = "{'id':1,'b':[" + "{'v':1,'x':2,'y':{'z':3}},".repeat(1_500) + "{}]}";
        assertThat(nested.lines("{'a':[" + large + "]}")).hasSize(1_501);
        assertThat(nested.lines("{'a':[{'b':[{'w':4}]}]}")).containsExactly("0.0: - - w=4");
        assertThat(nested.lines("{'a':[{'b':[{'w':4}]}]").get(0)).startsWith("malformed");
        assertThat(nested.lines("{'a':[{'b':[{}]}]}")).containsExactly("0.0: - -");
    }

    @Test
    void aWildcardBelongsToTheItem() {
        assertThatThrownBy(() -> ItemsFixture.of(List.of(each("/a")), "^/m", "v"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must not climb");
    }
}
