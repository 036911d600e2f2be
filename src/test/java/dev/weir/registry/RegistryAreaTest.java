package dev.weir.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.core.catalog.Avro;
import dev.weir.core.catalog.Catalog;
import dev.weir.doctor.Examination;
import dev.weir.testing.RegistryServer;
import dev.weir.testing.generate.TestConfigs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What {@code doctor} says of registries; TLS and credentials are {@link SchemaRegistryTest}'s. */
class RegistryAreaTest {
    @Test
    void withoutARegistryNothingIsChecked() {
        assertThat(lines(TestConfigs.longJson().catalog())).isEmpty();
    }

    @Test
    void aRegistryThatAnswersIsWellAndIsAskedNothingThatItMustKeep() {
        try (RegistryServer registry = RegistryServer.open()) {
            assertThat(lines(catalog(registry, null)))
                    .containsExactly("ok registry " + registry.url() + " answers, without a user");
            assertThat(registry.asked()).containsExactly("/schemas/ids/2147483647");
        }
    }

    @Test
    void whatKeepsTheJobWaitingFails() {
        RegistryServer registry = RegistryServer.open();
        registry.fail(new RegistryServer.Fault(401, ""));
        assertThat(lines(catalog(registry, "Wrong-one")))
                .containsExactly("FAIL registry avro.registry.url: " + registry.url() + ": it answers 401 to"
                        + " /schemas/ids/2147483647: it refuses the credentials; correct avro.registry.user and"
                        + " avro.registry.password");
        registry.close();
        assertThat(lines(catalog(registry, "Wrong-one")))
                .containsExactly("FAIL registry avro.registry.url: " + registry.url()
                        + ": no connection; start the registry, or correct the address");
        assertThat(lines(catalog(registry, "${env:WEIR_TEST_NOT_SET}")))
                .singleElement()
                .asString()
                .startsWith("FAIL registry avro.registry.password: the environment variable");
    }

    private static Catalog catalog(RegistryServer registry, String password) {
        String user = password == null ? null : RegistryServer.USER;
        return AvroFeed.config(new Avro.Registry(registry.url(), user, password, Map.of()))
                .catalog();
    }

    private static List<String> lines(Catalog catalog) {
        List<String> lines = new ArrayList<>();
        new RegistryArea(catalog)
                .examine(new Examination(
                        Duration.ofSeconds(20),
                        (name, finding) -> lines.add(finding.level() + " " + name + " " + finding.text())));
        return lines;
    }
}
