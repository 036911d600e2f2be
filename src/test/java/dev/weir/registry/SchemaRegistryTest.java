package dev.weir.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.core.catalog.Avro;
import dev.weir.core.decode.MalformedEventException;
import dev.weir.core.decode.NotNowException;
import dev.weir.failure.RefusedException;
import dev.weir.testing.Certificates;
import dev.weir.testing.RegistryServer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaRegistryTest {
    private static final String POINT = "{\"type\":\"record\",\"name\":\"Point\",\"fields\":[]}";
    private static final String LINE =
            "{\"type\":\"record\",\"name\":\"Line\",\"fields\":[{\"name\":\"from\",\"type\":\"Point\"}]}";
    private static final String SHAPE = "{\"type\":\"record\",\"name\":\"Shape\",\"fields\":[{\"name\":\"line\","
            + "\"type\":\"Line\"},{\"name\":\"at\",\"type\":\"Point\"}]}";

    @TempDir
    static Path directory;

    private final RegistryServer server = RegistryServer.open();
    private long nanos;

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void asksForEachIdOnce() throws Exception {
        server.register(7, POINT);
        try (SchemaRegistry registry = registry(server.url() + "/")) {
            assertThat(registry.schema(7).getName()).isEqualTo("Point");
            assertThat(registry.schema(7)).isSameAs(registry.schema(7));
        }
        assertThat(server.asked()).containsExactly("/schemas/ids/7");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "/apis/registry/v2", "/apis/registry/v2/ids/globalIds", "/apis/registry/v3/ids/contentIds"})
    void schemasAreReadWithAllThatTheyReferTo(String path) throws Exception {
        server.registerSubject("a point", POINT);
        server.registerSubject("line", LINE, "a point");
        server.register(7, SHAPE, "line", "a point");
        try (SchemaRegistry registry = registry(server.url() + path)) {
            assertThat(registry.schema(7)
                            .getField("line")
                            .schema()
                            .getField("from")
                            .schema()
                            .getName())
                    .isEqualTo("Point");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/apis/registry/v2", "/apis/registry/v3"})
    void anUnknownIdIsTheEventsFaultAndIsAskedForAgainAfterAWhile(String path) throws Exception {
        try (SchemaRegistry registry = registry(server.url() + path)) {
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> registry.schema(7))
                        .isInstanceOf(MalformedEventException.class)
                        .hasMessage("the schema registry has no schema 7");
            }
            assertThat(server.asked()).hasSize(1);

            server.register(7, POINT);
            nanos += SchemaRegistry.UNKNOWN_FOR.toNanos();
            assertThat(registry.schema(7).getName()).isEqualTo("Point");
        }
    }

    @Test
    void whatIsNoAvroSchemaIsTheEventsFaultToo() {
        server.registerOther(1, "syntax = \"proto3\";", "PROTOBUF");
        server.register(2, "{\"type\":\"no-such-type\"}");
        server.register(3, LINE, "gone");
        try (SchemaRegistry registry = registry(server.url())) {
            assertThatThrownBy(() -> registry.schema(1))
                    .isInstanceOf(MalformedEventException.class)
                    .hasMessage("schema 1 is not Avro but PROTOBUF");
            assertThatThrownBy(() -> registry.schema(2))
                    .isInstanceOf(MalformedEventException.class)
                    .hasMessageStartingWith("schema 2 is no Avro schema: ");
            assertThatThrownBy(() -> registry.schema(3))
                    .isInstanceOf(MalformedEventException.class)
                    .hasMessage("the schema registry has no version 1 of subject gone, which schema 3 refers to");
            assertThatThrownBy(() -> registry.schema(1L << 40)).isInstanceOf(MalformedEventException.class);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "500, it answers 500 to /schemas/ids/7; see the registry's log",
        "429, too many requests",
        "401, it refuses the credentials; correct avro.registry.user",
        "403, no right to read schemas",
        "302, a redirect",
        "404, but not as a schema registry; correct the address",
        "200, is no schema; correct the address",
    })
    void anyOtherAnswerIsWaitedOut(int status, String message) throws Exception {
        server.register(7, POINT);
        try (SchemaRegistry registry = registry(server.url())) {
            server.fail(new RegistryServer.Fault(status, "<html>"));
            assertThatThrownBy(() -> registry.schema(7))
                    .isInstanceOf(NotNowException.class)
                    .hasMessageStartingWith("avro.registry.url: " + server.url() + ": ")
                    .hasMessageContaining(message);
            server.fail(null);
            assertThat(registry.schema(7).getName()).isEqualTo("Point");
        }
    }

    @Test
    void aRegistryThatIsAwayOrHangsIsWaitedFor() throws Exception {
        server.register(7, POINT);
        try (SchemaRegistry registry = registry(server.url())) {
            server.stop();
            assertThatThrownBy(() -> registry.schema(7))
                    .isInstanceOf(NotNowException.class)
                    .hasMessageContaining("no connection; start the registry, or correct the address");
            server.start();
            server.fail(new RegistryServer.Fault(0, RegistryServer.HANG));
            assertThatThrownBy(() -> registry.schema(7))
                    .isInstanceOf(NotNowException.class)
                    .hasMessageContaining("check the registry and the network");
            server.fail(null);
            assertThat(registry.schema(7).getName()).isEqualTo("Point");
        }
    }

    @Test
    void anAddressThatLeadsElsewhereIsToldApartFromAnUnknownId() {
        for (String path : new String[] {"/wrong", "/apis/registry/v9/wrong"}) {
            try (SchemaRegistry registry = registry(server.url() + path)) {
                assertThatThrownBy(() -> registry.schema(7))
                        .isInstanceOf(NotNowException.class)
                        .hasMessageContaining("but not as a schema registry");
            }
        }
    }

    @Test
    void anInterruptIsKept() {
        try (SchemaRegistry registry = registry(server.url())) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> registry.schema(7)).isInstanceOf(NotNowException.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void credentialsAndCertificatesOfAllKindsAreTaken() throws Exception {
        Certificates certificates = Certificates.in(directory.resolve("certificates"));
        try (RegistryServer secured = RegistryServer.secured(certificates)) {
            secured.register(7, POINT);
            Map<String, String> store = Map.of(
                    "ssl.truststore.location",
                    certificates.authority().toString(),
                    "ssl.truststore.password",
                    Certificates.STORE_PASSWORD,
                    "ssl.truststore.type",
                    "PKCS12");
            Map<String, String> pem = Map.of(
                    "ssl.truststore.location", certificates.authorityPem().toString(), "ssl.truststore.type", "PEM");
            for (Map<String, String> ssl : java.util.List.of(store, pem)) {
                try (SchemaRegistry registry = registry(secured, RegistryServer.PASSWORD, ssl)) {
                    assertThat(registry.schema(7).getName()).isEqualTo("Point");
                }
            }
            assertWaits(secured, "Wrong-one", pem, "it refuses the credentials");
            assertWaits(secured, RegistryServer.PASSWORD, Map.of(), "not signed by an authority that is trusted");
            Map<String, String> unknown = Map.of(
                    "ssl.truststore.location",
                    certificates.unknownAuthorityPem().toString(),
                    "ssl.truststore.type",
                    "PEM");
            assertWaits(secured, RegistryServer.PASSWORD, unknown, "avro.registry.ssl.truststore.location");
        }
    }

    private void assertWaits(RegistryServer secured, String password, Map<String, String> ssl, String message) {
        try (SchemaRegistry registry = registry(secured, password, ssl)) {
            assertThatThrownBy(() -> registry.schema(7))
                    .isInstanceOf(NotNowException.class)
                    .hasMessageContaining(message)
                    .message()
                    .doesNotContain(password);
        }
    }

    @Test
    void whatIsMissingOnThisHostIsRefusedAtOnce() {
        assertThatThrownBy(() -> registry(server, "${env:WEIR_TEST_NOT_SET}", Map.of()))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("avro.registry.password: the environment variable WEIR_TEST_NOT_SET is not set");
        assertThatThrownBy(() -> registry(server, "x", Map.of("ssl.truststore.location", "/no/such/file")))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("avro.registry.ssl.truststore.location: cannot read /no/such/file");
    }

    private SchemaRegistry registry(String url) {
        return new SchemaRegistry(new Avro.Registry(url, null, null, Map.of()), () -> nanos);
    }

    private SchemaRegistry registry(RegistryServer of, String password, Map<String, String> ssl) {
        return new SchemaRegistry(new Avro.Registry(of.url(), RegistryServer.USER, password, ssl), () -> nanos);
    }
}
