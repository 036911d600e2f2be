package dev.weir.core.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AbsenceTest {
    private static final String EVENT =
            "{'skip':{'a':[1,{'b':2}]},'n':null,'t':true,'text':'x','json':' {}','list':' [1]',"
                    + "'a/b':{'c~d':5},'items':[[7],{'id':'y'}],'deep':{'deeper':17}}";

    private final Absence absence = new Absence();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/text/id | : /text is a text, not an object",
                "/json/id | : /json is a text that holds JSON",
                "/list/0 | : /list is a text that holds JSON",
                "/n/id | : /n is null, not an object",
                "/t/id | : /t is true, not an object",
                "/deep/deeper/id | : /deep/deeper is 17, not an object",
                "/deep/deeper/still/id | : /deep/deeper is 17, not an object",
                "/a~1b/c~0d/e | : /a~1b/c~0d is 5, not an object",
                "/items/0/0/id | : /items/0/0 is 7, not an object",
                "/items/1/id/x | : /items/1/id is a text, not an object",
            })
    void namesWhatStandsInTheWay(String pointer, String words) {
        assertThat(absence.explain(bytes(EVENT), pointer)).startsWith(words);
    }

    @ParameterizedTest
    @CsvSource({"/text", "/none/id", "/deep/none/id", "/items/2/id", "/items/x/id", "/skip/b/c", "text", "/", "''"})
    void saysNothingWhereNothingDoes(String pointer) {
        assertThat(absence.explain(bytes(EVENT), pointer)).isEmpty();
    }

    @Test
    void readsAnEventOnceForAllFieldsOfOneObject() {
        byte[] event = bytes("{'a':1,'b':'x'}");
        assertThat(absence.explain(event, "/a/x")).isEqualTo(": /a is 1, not an object");
        event[5] = '2';
        assertThat(absence.explain(event, "/a/y")).as("the last answer").isEqualTo(": /a is 1, not an object");
        assertThat(absence.explain(event, "/b/y")).isEqualTo(": /b is a text, not an object");
        assertThat(absence.explain(event, "/a/y")).isEqualTo(": /a is 2, not an object");
        assertThat(absence.explain(bytes("{'a':3}"), "/a/y")).isEqualTo(": /a is 3, not an object");
    }

    @Test
    void saysNothingOfWhatIsNoJson() {
        assertThat(absence.explain(bytes("{'a':"), "/a/x")).isEmpty();
        assertThat(absence.explain(bytes("{'b':NaN,'a':1}"), "/a/x")).isEmpty();
        assertThat(absence.explain(new byte[0], "/a/x")).isEmpty();
    }

    private static byte[] bytes(String event) {
        return event.replace('\'', '"').getBytes(UTF_8);
    }
}
