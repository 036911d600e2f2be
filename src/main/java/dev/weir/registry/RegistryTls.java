package dev.weir.registry;

import java.util.Map;
import javax.net.ssl.SSLContext;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;

/** Makes TLS settings by Kafka's names into what Java's HTTP client takes, with Kafka's own code: so JKS, PKCS12 and PEM all work. */
final class RegistryTls {
    private RegistryTls() {}

    /**
     * Returns the context.
     *
     * @param ssl without references
     * @throws org.apache.kafka.common.KafkaException if a store cannot be read
     */
    static SSLContext context(Map<String, String> ssl) {
        try (DefaultSslEngineFactory factory = new DefaultSslEngineFactory()) {
            factory.configure(new ConfigDef().withClientSslSupport().parse(ssl));
            return factory.sslContext();
        }
    }
}
