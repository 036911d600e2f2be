package dev.weir.core.check;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.core.TestInput;
import dev.weir.core.catalog.FieldSource;
import dev.weir.core.catalog.FieldSource.Constant;
import dev.weir.core.catalog.FieldSource.Header;
import dev.weir.core.catalog.FieldSource.Join;
import dev.weir.core.catalog.FieldSource.Key;
import dev.weir.core.catalog.FieldSource.Match;
import dev.weir.core.catalog.FieldSource.Topic;
import dev.weir.core.catalog.Input;
import dev.weir.core.model.Event;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Events of several inputs, and with parts that come from elsewhere than a field. */
class InputSourcesTest extends InputEvents {

    @Test
    void theTopicDecidesWhichInputItIs() {
        Intake routed = intake(
                named("a", new TestInput().topics(null, "plant", "both")),
                named("b", new TestInput().topics("both|zig\\..*")),
                named("c", new TestInput().topics("zig\\..*|other")),
                named("d", new TestInput()));
        List<String> sensors = new ArrayList<>();
        for (String name : List.of("plant", "both", "zig.1", "zig.2", "other", "xzig.1", "plant", "zig.1")) {
            topic = name;
            sensors.addAll(judge(routed, "{'value':1}"));
        }
        assertThat(sensors)
                .containsExactly(
                        "a temp 1.0",
                        "a temp 1.0",
                        "b temp 1.0",
                        "b temp 1.0",
                        "c temp 1.0",
                        "d temp 1.0",
                        "a temp 1.0",
                        "b temp 1.0");
    }

    @Test
    void aTopicThatNoInputTakesIsMalformed() {
        Intake routed = intake(named("a", new TestInput().topics(null, "plant")));
        assertThat(judge(routed, "{'value':1}"))
                .containsExactly("event MALFORMED no input of the catalog names its topic");
        topic = "plant";
        assertThat(judge(routed, "{'value':1}")).containsExactly("a temp 1.0");
    }

    private static Input named(String sensor, TestInput input) {
        return input.arrival()
                .sensor(new Constant(sensor))
                .metric(new Constant("temp"))
                .build();
    }

    private void fromElsewhere(TestInput input, String value) {
        topic = "site.hall-3.raw";
        key = "{'dev':'d-17'}".replace('\'', '"').getBytes(UTF_8);
        headers = List.of(new Event.Header("ts", String.valueOf(MILLIS + 5).getBytes(UTF_8)));
        Intake intake = intake(input.sensor(new Join(List.of(new Constant("x"), new Key("/dev")), ":"))
                .site(new Topic("site\\.([^.]+)\\.raw"))
                .time(new Header("ts"))
                .reading("temp", "t")
                .reading("hum", new Match(FieldSource.field("h"), "rh=(\\d+)"))
                .build());
        assertThat(judge(intake, value))
                .containsExactly("x:d-17 temp 21.5 at 5000 in hall-3", "x:d-17 hum 55.0 at 5000 in hall-3");
        key = null;
        assertThat(judge(intake, value))
                .containsExactly("event MISSING_FIELD sensor \"{join: [{constant: x}, {key: /dev}], separator: :}\"");
    }

    @Test
    void partsOfAJsonEventMayComeFromElsewhere() {
        fromElsewhere(new TestInput(), "{'t':21.5,'h':'rh=55'}");
    }

    @Test
    void partsOfARowMayComeFromElsewhere() {
        fromElsewhere(new TestInput().csv(new Input.Csv(List.of("h", "t"), ';', false)), "rh=55;21.5");
    }

    @Test
    void aRowOfTheRecordsTimeWithDecimalCommasAndComments() {
        Intake csv = intake(new TestInput()
                .arrival()
                .csv(new Input.Csv(List.of("sensor", "metric", "value"), ';', false, '\'', "^#"))
                .texts(false, ',', '.')
                .build());
        assertThat(judge(csv, "s;temp;21,5")).containsExactly("s temp 21.5");
        assertThat(judge(csv, "s;temp;21,5 °C")).containsExactly("s temp 21.5");
        assertThat(judge(csv, "s;temp;21.5"))
                .containsExactly("WRONG_TYPE of temp value \"value\" is \"21.5\", which is not a number");
        assertThat(judge(csv, "# s;temp")).as("decoded, without a slot").isEmpty();
        assertThat(csv.absentFields()).contains("sensor");
    }

    @Test
    void aBareValueIsAReading() {
        topic = "tasmota.plug1.temp";
        Intake bare = intake(new TestInput()
                .arrival()
                .sensor(new Topic("tasmota\\.([^.]+)\\.temp"))
                .metric(new Constant("temp"))
                .value("")
                .build());
        assertThat(judge(bare, "21.5")).containsExactly("plug1 temp 21.5");
        assertThat(judge(bare, "'21.5'"))
                .containsExactly("WRONG_TYPE of temp value \"\" is \"21.5\", a text and not a number");
        assertThat(judge(bare, "{}")).containsExactly("WRONG_TYPE of temp value \"\" is not a number");
        assertThat(judge(bare, "null")).containsExactly("MISSING_FIELD of temp value \"\"");
        assertThat(judge(bare, "ON"))
                .containsExactly("WRONG_TYPE of temp value \"\" is \"ON\", a text and not a number");
        assertThat(judge(bare, "[")).first().asString().startsWith("event MALFORMED not JSON");
    }

    @Test
    void recordsOfSenml() {
        Intake senml = intake(new TestInput()
                .senml()
                .sensor(new Match(FieldSource.field("n"), "(.*):[^:]+"))
                .metric(new Match(FieldSource.field("n"), ".*:([^:]+)"))
                .build());
        assertThat(judge(
                        senml,
                        ("[{'bn':'urn:dev:1:','bt':%d.25,'bu':'%%RH'},{'n':'hum','v':55},{'n':'hum','u':'/','v':0.5},"
                                        + "{'n':'temp','u':'Cel','v':21.5,'t':-1},{'n':'temp','u':'count','v':1},{'n':'hum','vb':true}]")
                                .formatted(MILLIS / 1_000)))
                .containsExactly(
                        "urn:dev:1 hum 55.0 at 250000",
                        "urn:dev:1 hum 50.0 at 250000",
                        "urn:dev:1 temp 21.5 at -750000",
                        "UNIT_MISMATCH of temp item 4: sent in \"count\", the catalog has Cel",
                        "MISSING_FIELD of hum item 5: value \"v\"");
        assertThat(judge(senml, "[{'n':'d:temp','v':1,'t':-2}]")).containsExactly("d temp 1.0 at -2000000");
        assertThat(judge(senml, "[{'v':1},{'n':'x','v':1}]"))
                .containsExactly(
                        "MISSING_FIELD item 0: sensor \"{of: n, match: (.*):[^:]+}\"",
                        "MISSING_FIELD item 1: sensor \"{of: n, match: (.*):[^:]+}\"");
        assertThat(judge(senml, "{'n':'x'}")).containsExactly("event WRONG_TYPE each \"\" is not an array");
        assertThat(judge(
                        intake(new TestInput().unit("unit").build()),
                        "{'sensor':1,'metric':'hum','time':%d,'value':0.5,'unit':'/'}".formatted(MILLIS)))
                .as("only SenML spells so")
                .containsExactly("UNIT_MISMATCH of hum sent in \"/\", the catalog has %");
    }
}
