package dev.weir.core.decode;

import static dev.weir.core.decode.ItemsFixture.each;
import static dev.weir.core.decode.ItemsFixture.unwrap;
import static dev.weir.core.decode.ItemsFixture.unwrapBase64;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.core.catalog.Input;
import dev.weir.core.catalog.Opening;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Random documents, with repeated keys, as {@link JsonTree} opens them; the fast path and Jackson must both agree with it. */
class ItemsPropertyTest {
    private record Form(List<Opening> openings, String wildcard, List<String> fields) {}

    private static final List<Form> FORMS = List.of(
            new Form(List.of(), null, List.of("a", "/b/a", "/r/0/a")),
            new Form(List.of(), null, List.of("", "/a/b")),
            new Form(List.of(), "", List.of("a", "/b/a", "/r/1")),
            new Form(List.of(), "/b", List.of("a", "/b/c")),
            new Form(List.of(each("/r")), null, List.of("a", "/b/a", "^/a")),
            new Form(List.of(each("")), null, List.of("a", "")),
            new Form(List.of(each("/b/r")), "", List.of("a", "^/b/a", "^/a")),
            new Form(List.of(each("/r"), each("/r")), null, List.of("a", "^/a", "^^/a", "^^")),
            new Form(List.of(each("/r"), each("")), null, List.of("", "^^/b/a")),
            new Form(List.of(each("/r/0"), each("/b/r")), "/b", List.of("a", "^/b/a")),
            new Form(List.of(unwrap("/w")), null, List.of("a", "^/a")),
            new Form(List.of(unwrap("/w"), unwrapBase64("/x"), each("/r")), "", List.of("a", "^/a", "^^/a", "^^^/a")));

    private final List<List<ItemsFixture>> readers = FORMS.stream()
            .map(form -> {
                Input input = ItemsFixture.input(form.openings, form.fields, form.wildcard);
                List<ItemsFixture> both = new ArrayList<>();
                both.add(new ItemsFixture(input, form.fields, false));
                both.add(new ItemsFixture(input, form.fields, null));
                return both;
            })
            .toList();

    @Property(tries = 6_000)
    void agreesWithATree(@ForAll long seed) {
        Random random = new Random(seed);
        int number = random.nextInt(FORMS.size());
        Form form = FORMS.get(number);
        JsonTree tree = JsonTree.random(random, form.openings);
        List<String> expected = tree.lines(form.openings, form.fields, form.wildcard);
        for (ItemsFixture reader : readers.get(number)) {
            assertThat(reader.decode(tree.text())).as("%s", tree.text()).isEqualTo(expected);
        }
    }
}
