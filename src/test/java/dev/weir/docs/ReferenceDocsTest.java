package dev.weir.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The reference in {@code docs/} is what the code says. {@code -Dweir.docs.write=true} writes the files anew. */
class ReferenceDocsTest {
    static final String COMMAND = "./mvnw -q test -Dtest=ReferenceDocsTest -Dweir.docs.write=true";

    /** What a generated page says of itself. */
    static final String GENERATED = "This page is made from the code by `" + COMMAND + "`. Change it there.";

    private static final Map<String, Supplier<String>> FILES = Map.of(
            "configuration.md", ConfigurationPage::render,
            "catalog.md", CatalogPage::render,
            "catalog.schema.json", CatalogSchema::render);

    @ParameterizedTest
    @ValueSource(strings = {"configuration.md", "catalog.md", "catalog.schema.json"})
    void isWhatTheCodeSays(String name) throws IOException {
        Path file = Path.of("docs", name);
        String rendered = FILES.get(name).get();
        if (Boolean.getBoolean("weir.docs.write")) {
            Files.writeString(file, rendered);
        }

        assertThat(file).exists();
        assertThat(Files.readString(file))
                .withFailMessage("docs/%s is not what the code says. Write it anew: %s", name, COMMAND)
                .isEqualTo(rendered);
    }
}
