package dev.weir.testing;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/** What makes a {@link KafkaBroker} demand TLS, a proof of who comes, and rights. Who comes by the tests' own listener is the superuser. */
public final class BrokerSecurity {
    /** SCRAM: user and password over TLS. MUTUAL: the client's certificate; its user is the certificate's whole name. */
    public enum Listener {
        SCRAM("SASL_SSL"),
        MUTUAL("SSL");

        private final String protocol;

        Listener(String protocol) {
            this.protocol = protocol;
        }
    }

    private final Certificates certificates;
    private final int[] ports;

    BrokerSecurity(Certificates certificates, int[] ports) {
        this.certificates = certificates;
        this.ports = ports;
    }

    int port(Listener listener) {
        return ports[listener.ordinal()];
    }

    /** To a broker's that has the listeners PLAINTEXT and CONTROLLER. */
    void addTo(Properties broker) {
        String listeners = Arrays.stream(Listener.values())
                .map(listener -> "," + listener + "://127.0.0.1:" + port(listener))
                .collect(Collectors.joining());
        broker.put("listeners", broker.getProperty("listeners") + listeners);
        broker.put(
                "listener.security.protocol.map",
                "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT"
                        + Arrays.stream(Listener.values())
                                .map(listener -> "," + listener + ":" + listener.protocol)
                                .collect(Collectors.joining()));
        broker.put("inter.broker.listener.name", "PLAINTEXT");
        broker.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
        broker.put("super.users", "User:ANONYMOUS");
        broker.put("sasl.enabled.mechanisms", "SCRAM-SHA-512");
        broker.put(
                "listener.name.scram.scram-sha-512.sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required;");
        broker.put("listener.name.mutual.ssl.client.auth", "required");
        for (Listener listener : Listener.values()) {
            String prefix = "listener.name." + listener.name().toLowerCase(Locale.ROOT) + ".ssl.";
            broker.putAll(Map.of(
                    prefix + "keystore.location", certificates.serverStore().toString(),
                    prefix + "keystore.password", Certificates.STORE_PASSWORD,
                    prefix + "key.password", Certificates.STORE_PASSWORD,
                    prefix + "truststore.location", certificates.authority().toString(),
                    prefix + "truststore.password", Certificates.STORE_PASSWORD));
        }
    }
}
