package dev.weir.core.decode;

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
import dev.weir.core.model.Event;
import dev.weir.core.model.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DerivationsTest {
    private static final Set<String> NULLS = Set.of("NA", "");
    private static final FieldSource A = FieldSource.field("/a");

    private Layout layout;
    private Cells cells;
    private Derivations derivations;
    private final List<Event.Header> headers = new ArrayList<>();

    /** Sets the source of the site, and returns its cell as a text. */
    private void source(FieldSource source) {
        layout = new Layout(new TestInput().site(source).build());
        cells = new Cells(layout.size(), NULLS);
        derivations = new Derivations(layout, NULLS);
    }

    private String fill(Event event) {
        derivations.fill(event, cells);
        return switch (cells.kind(layout.site)) {
            case TEXT -> cells.text(layout.site);
            case INTEGER, DECIMAL -> "number " + cells.text(layout.site);
            default -> cells.kind(layout.site).toString();
        };
    }

    private String fill(byte[] key) {
        return fill(new Event(new Origin("zigbee.room.1", 0, 0, 0), key, new byte[0], headers));
    }

    private String fill(String key) {
        return fill(key.getBytes(UTF_8));
    }

    private String fill() {
        return fill((byte[]) null);
    }

    private String match(String text) {
        cells.setText(layout.slot(A), text);
        return fill();
    }

    @Test
    void theKeyIsAText() {
        source(new Key(null));
        assertThat(fill("s-1")).isEqualTo("s-1");
        assertThat(fill("größe")).isEqualTo("größe");
        assertThat(fill("NA")).isEqualTo("NULL");
        assertThat(fill("")).isEqualTo("NULL");
        assertThat(fill()).isEqualTo("ABSENT");
        assertThat(fill(new byte[] {'a', (byte) 0xFF})).isEqualTo("OTHER");
        assertThat(fill(new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80}))
                .as("a surrogate")
                .isEqualTo("OTHER");
        assertThat(fill("s-1")).isEqualTo("s-1");
    }

    @Test
    void aKeyMayBeJson() {
        source(new Key("/a/0/id"));
        assertThat(fill("{\"a\":[{\"id\":\"x\"}]}")).isEqualTo("x");
        assertThat(fill("{\"a\":[{\"id\":17}]}")).isEqualTo("number 17");
        assertThat(fill("{\"a\":[{\"id\":1.50}]}")).isEqualTo("number 1.50");
        assertThat(fill("{\"a\":[{\"id\":\"NA\"}]}")).isEqualTo("NULL");
        assertThat(fill("{\"a\":[{\"id\":null}]}")).isEqualTo("NULL");
        assertThat(fill("{\"a\":[{\"id\":true}]}")).isEqualTo("BOOLEAN");
        assertThat(fill("{\"a\":[]}")).isEqualTo("ABSENT");
        assertThat(fill("{\"a\":[{\"id\":\"x\"}]}")).isEqualTo("x");
        assertThat(fill("{\"a\":[{\"id\":\"x\"}")).as("no JSON").isEqualTo("ABSENT");
        assertThat(fill("plain")).isEqualTo("ABSENT");
        assertThat(fill()).isEqualTo("ABSENT");
        source(new Key("/id"));
        assertThat(fill("{\"id\":\"y\"}")).isEqualTo("y");
    }

    @Test
    void ofHeadersTheLastOfANameCounts() {
        source(new Header("h"));
        assertThat(fill()).isEqualTo("ABSENT");
        headers.add(new Event.Header("h", "one".getBytes(UTF_8)));
        headers.add(new Event.Header("other", "x".getBytes(UTF_8)));
        assertThat(fill()).isEqualTo("one");
        headers.add(new Event.Header("h", "two".getBytes(UTF_8)));
        assertThat(fill()).isEqualTo("two");
        headers.add(new Event.Header("h", new byte[] {(byte) 0xC3}));
        assertThat(fill()).as("not UTF-8").isEqualTo("OTHER");
        headers.add(new Event.Header("h", null));
        assertThat(fill()).isEqualTo("ABSENT");
    }

    @Test
    void aTopicIsWhatItsExpressionCaptures() {
        source(new Topic("zigbee\\.([^.]+)\\..+"));
        assertThat(fill()).isEqualTo("room");
        source(new Topic("zigbee\\.([^.]+)"));
        assertThat(fill()).as("not the whole name").isEqualTo("ABSENT");
        source(new Topic("(x)?zigbee.*"));
        assertThat(fill()).as("the group takes no part").isEqualTo("ABSENT");
        source(new Topic("()zigbee.*"));
        assertThat(fill()).as("an empty text is a null text").isEqualTo("NULL");
    }

    @Test
    void aConstantIsTheSameForAll() {
        source(new Constant("hall 3"));
        assertThat(fill()).isEqualTo("hall 3");
        source(new Constant("NA"));
        assertThat(fill()).isEqualTo("NULL");
    }

    @Test
    void aJoinNeedsAllItsParts() {
        FieldSource b = FieldSource.field("/b");
        source(new Join(List.of(A, new Constant("k"), b, A), "/"));
        cells.setText(layout.slot(A), "x");
        assertThat(fill()).isEqualTo("ABSENT");
        cells.setInteger(layout.slot(b), 7, null);
        assertThat(fill()).isEqualTo("x/k/7/x");
        cells.setText(layout.slot(A), "y".repeat(200));
        assertThat(fill()).hasSize(405);
        cells.setText(layout.slot(A), "NA");
        assertThat(fill()).isEqualTo("ABSENT");
        cells.setBoolean(layout.slot(A), true);
        assertThat(fill()).isEqualTo("ABSENT");
        source(new Join(List.of(A, A), ""));
        cells.setText(layout.slot(A), "N");
        assertThat(fill()).isEqualTo("NN");
        source(new Join(List.of(new Constant("N"), new Constant("A")), ""));
        assertThat(fill()).as("null texts apply to the result").isEqualTo("NULL");
    }

    @ParameterizedTest
    @CsvSource({
        "dev-17, 17",
        "dev-18, 18",
        "dev-, ABSENT",
        "xdev-1, ABSENT",
        "dev-1x, ABSENT",
        "none, ABSENT",
        "dev-0, 0",
        "NA, ABSENT",
    })
    void aMatchIsWhatItsExpressionCaptures(String text, String captured) {
        source(new Match(A, "dev-(\\d+)|none"));
        assertThat(match(text)).isEqualTo(captured);
        assertThat(match(text)).as("again").isEqualTo(captured);
    }

    @Test
    void aMatchOfAMatchOfAJoin() {
        source(new Match(new Match(new Join(List.of(A, new Topic(".*\\.(\\d+)")), "-"), "x(.*)"), ".(.*)"));
        assertThat(match("xyz")).isEqualTo("z-1");
        assertThat(match("zyx")).isEqualTo("ABSENT");
        cells.setInteger(layout.slot(A), 5, null);
        assertThat(fill()).isEqualTo("ABSENT");
    }

    @Test
    void aNumberMatchesAsItsDigits() {
        source(new Match(A, "(\\d)\\d+"));
        cells.setInteger(layout.slot(A), 507, null);
        assertThat(fill()).isEqualTo("5");
        cells.setBoolean(layout.slot(A), true);
        assertThat(fill()).isEqualTo("ABSENT");
    }

    /** More texts than the cache keeps, and texts longer than it keeps. */
    @Test
    void answersAreRightWhateverIsCached() {
        source(new Match(A, "(.*?)0*"));
        for (int round = 0; round < 2; round++) {
            for (int i = 1; i < 70_000; i += 7) {
                assertThat(match("a" + i + "00")).isEqualTo(("a" + i).replaceAll("0+$", ""));
            }
        }
        assertThat(match("b".repeat(300) + "0")).hasSize(300);
        assertThat(match("")).isEqualTo("ABSENT");
    }

    /** An expression that calls itself for each character must not end the job. */
    @Test
    void aLongTextDoesNotMatch() {
        source(new Match(A, "((?:a|b)*)"));
        assertThat(match("ab".repeat(300))).hasSize(600);
        assertThat(match("ab".repeat(500_000))).isEqualTo("ABSENT");
    }

    @Test
    void sourcesThatAreMappedTwiceAreFilledOnce() {
        Layout two = new Layout(
                new TestInput().sensor(new Key(null)).site(new Key(null)).build());
        assertThat(two.site).isEqualTo(two.sensorId);
        assertThat(two.isDerived(two.site)).isTrue();
        assertThat(two.isDerived(two.value)).isFalse();
    }
}
