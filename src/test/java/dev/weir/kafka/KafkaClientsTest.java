package dev.weir.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.config.WeirConfig;
import dev.weir.testing.KafkaConfigs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaClientsTest {
    @TempDir
    Path directory;

    @Test
    void aPasswordByReferenceIsReadAtEachConnection() throws Exception {
        Path file = Files.writeString(directory.resolve("kafka.properties"), "password=one");
        Properties properties = KafkaClients.properties(kafka(
                Map.of("sasl.mechanism", "SCRAM-SHA-512", "sasl.jaas.config", jaas("${file:" + file + ":password}"))));
        // What a client hands to the handler: its values, references replaced, and what it does not know.
        AdminClientConfig client = new AdminClientConfig(properties);
        Map<String, Object> handed = new HashMap<>(client.originals());
        handed.putAll(client.values());
        FreshCredentials credentials = new FreshCredentials();
        credentials.configure(handed, "SCRAM-SHA-512", List.of());

        assertThat(asked(credentials)).isEqualTo("u/one");
        Files.writeString(file, "password=two");
        assertThat(asked(credentials)).isEqualTo("u/two");
    }

    @Test
    void anOwnHandlerAndOtherMechanismsStayAsTheyAre() {
        String reference = jaas("${env:PATH}");

        assertThat(KafkaClients.properties(kafka(Map.of("sasl.mechanism", "GSSAPI", "sasl.jaas.config", reference))))
                .doesNotContainKey("sasl.client.callback.handler.class")
                .containsEntry("config.providers", "dir,env,file");
        assertThat(KafkaClients.properties(kafka(Map.of(
                        "sasl.mechanism",
                        "PLAIN",
                        "sasl.jaas.config",
                        reference,
                        "sasl.client.callback.handler.class",
                        "theirs"))))
                .containsEntry("sasl.client.callback.handler.class", "theirs");
        assertThat(KafkaClients.properties(kafka(Map.of("sasl.mechanism", "PLAIN", "sasl.jaas.config", jaas("x")))))
                .doesNotContainKeys("sasl.client.callback.handler.class", "config.providers");
    }

    @Test
    void aCheckGivesUpSoonUnlessTheUserSaysOtherwise() {
        assertThat(KafkaClients.forChecks(kafka(Map.of())))
                .containsEntry("default.api.timeout.ms", "12000")
                .containsEntry("request.timeout.ms", "6000");
        assertThat(KafkaClients.forChecks(kafka(Map.of("request.timeout.ms", "40000"))))
                .containsEntry("default.api.timeout.ms", "40000");
        assertThat(KafkaClients.forChecks(kafka(Map.of("default.api.timeout.ms", "3000"))))
                .containsEntry("request.timeout.ms", "3000");
    }

    @Test
    void whatIsReferredToHasToBeThere() throws IOException {
        Path file = Files.writeString(directory.resolve("kafka.properties"), "password=one");

        assertThatCode(() ->
                        KafkaClients.requireReadable(kafka(Map.of("a", "${file:" + file + ":password}", "b", "$1"))))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> KafkaClients.requireReadable(kafka(Map.of("a", "${file:" + file + ":other}"))))
                .hasMessageStartingWith("weir.kafka.properties.a: ${file:" + file + ":other} is not there");
        assertThatThrownBy(() -> KafkaClients.requireReadable(kafka(Map.of("ssl.truststore.location", "/nowhere.p12"))))
                .hasMessageStartingWith("weir.kafka.properties.ssl.truststore.location: cannot read /nowhere.p12");
    }

    private static String asked(FreshCredentials credentials) throws Exception {
        NameCallback name = new NameCallback("name");
        PasswordCallback password = new PasswordCallback("password", false);
        credentials.handle(new Callback[] {name, password});
        return name.getName() + "/" + new String(password.getPassword());
    }

    private static String jaas(String password) {
        return "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"u\" password=\"" + password
                + "\";";
    }

    private static WeirConfig.Kafka kafka(Map<String, String> properties) {
        return new WeirConfig.Kafka(
                "127.0.0.1:1",
                List.of("t"),
                null,
                "g",
                KafkaConfigs.start(WeirConfig.Start.Mode.EARLIEST),
                KafkaConfigs.stop(WeirConfig.Stop.Mode.NEVER),
                properties);
    }
}
