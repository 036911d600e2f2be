package dev.weir.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "weir.postgres.password",
                "weir.kafka.properties.ssl.key.password",
                "weir.kafka.properties.ssl.keystore.key",
                "weir.kafka.properties.sasl.jaas.config",
                "weir.kafka.properties.sasl.oauthbearer.client.credentials.client.secret",
                "weir.kafka.properties.Access-Token",
                "inputs[0].avro.registry.password",
                "inputs[0].avro.registry.ssl.truststore.password",
                "inputs[0].avro.registry.ssl.keystore.password",
                "inputs[0].avro.registry.ssl.key.password"
            })
    void masksWhatASecretsNameSays(String key) {
        assertThat(Secrets.mask(key, "geheim")).isEqualTo("******");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "weir.postgres.password-file",
                "weir.postgres.user",
                "weir.kafka.properties.ssl.keystore.location",
                "weir.kafka.properties.ssl.keystore.type",
                "inputs[0].avro.registry.url",
                "inputs[0].avro.registry.user",
                "inputs[0].avro.registry.ssl.truststore.location"
            })
    void showsWhatHoldsNone(String key) {
        assertThat(Secrets.mask(key, "plain")).isEqualTo("plain");
    }

    @Test
    void masksPasswordsInsideAUrl() {
        assertThat(Secrets.mask("weir.lake.path", "s3://id:geheim@bucket/x?password=geheim&a=1"))
                .isEqualTo("s3://******@bucket/x?password=******&a=1");
    }
}
