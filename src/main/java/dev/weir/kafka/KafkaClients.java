package dev.weir.kafka;

import dev.weir.config.TransactionLife;
import dev.weir.config.WeirConfig;
import dev.weir.failure.RefusedException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;

/** Makes the properties that a Kafka client of the job is created with. */
public final class KafkaClients {
    /** In checks: time for a slow broker, and soon enough for who waits at a console. Kafka's own default is a minute. */
    private static final int CHECK_TIMEOUT_MILLIS = 12_000;

    private static final int CHECK_REQUEST_TIMEOUT_MILLIS = 6_000;
    /** What takes a user's name and password, of which the callback handler is asked at each connection. */
    private static final String WITH_PASSWORD = "PLAIN|SCRAM-SHA-(256|512)";

    private static final List<String> FILES =
            List.of(SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG, SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG);

    private KafkaClients() {}

    /**
     * The user's properties, the servers, and what makes references to secrets work. Passwords of SASL PLAIN and SCRAM that are given by
     * reference are read anew for each connection; everything else that is referred to, when a client is created.
     */
    public static Properties properties(WeirConfig.Kafka kafka) {
        Map<String, String> own = SecretReferences.withProviders(kafka.properties());
        String jaas = own.get(SaslConfigs.SASL_JAAS_CONFIG);
        String mechanism = own.getOrDefault(SaslConfigs.SASL_MECHANISM, "");
        if (jaas != null && SecretReferences.isIn(jaas) && mechanism.matches(WITH_PASSWORD)) {
            own.putIfAbsent(SaslConfigs.SASL_CLIENT_CALLBACK_HANDLER_CLASS, FreshCredentials.class.getName());
            // Encoded, or the client would replace the references in it, once and for all.
            own.put(
                    FreshCredentials.TEMPLATE,
                    Base64.getEncoder().encodeToString(jaas.getBytes(StandardCharsets.UTF_8)));
        }
        Properties properties = new Properties();
        properties.putAll(own);
        properties.setProperty(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
        return properties;
    }

    /** The same for a client that asks one question and whose user waits: it gives up within about 12 s, unless the user says otherwise. */
    public static Properties forChecks(WeirConfig.Kafka kafka) {
        Properties properties = properties(kafka);
        int request = number(properties, CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, CHECK_REQUEST_TIMEOUT_MILLIS);
        int whole = number(
                properties, CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, Math.max(CHECK_TIMEOUT_MILLIS, request));
        // Kafka refuses a request that may take longer than the call that it belongs to.
        properties.setProperty(
                CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, Integer.toString(Math.min(request, whole)));
        properties.setProperty(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, Integer.toString(whole));
        return properties;
    }

    /** Lets the broker keep a transaction of this producer open as long as one of the job. */
    public static void letTransactionsLast(Properties producer, WeirConfig.Kafka kafka) {
        long millis = TransactionLife.timeout(kafka.properties()).toMillis();
        producer.setProperty(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, Long.toString(millis));
    }

    /**
     * The same before the clients of a running job are made, whose errors would only restart it: what is not on this machine does not come by
     * waiting.
     *
     * @param role of this process, such as {@code the JobManager}
     * @throws RefusedException naming the process and the property
     */
    public static void requireReadableOn(String role, WeirConfig.Kafka kafka) {
        try {
            requireReadable(kafka);
        } catch (ConfigException e) {
            throw new RefusedException("on " + role + ": " + e.getMessage(), e);
        }
    }

    /**
     * Returns normally if everything that the properties refer to can be read by this process.
     *
     * @throws ConfigException naming the property; never what was read
     */
    public static void requireReadable(WeirConfig.Kafka kafka) {
        Map<String, String> own = SecretReferences.withProviders(kafka.properties());
        own.forEach((name, value) -> {
            String read;
            try {
                read = SecretReferences.resolved(value, own);
            } catch (RuntimeException e) {
                throw new ConfigException("weir.kafka.properties." + name + ": " + e.getMessage());
            }
            if (FILES.contains(name) && !Files.isReadable(Path.of(read))) {
                throw new ConfigException("weir.kafka.properties." + name + ": cannot read " + value
                        + "; mount it in every process (JobManager, TaskManagers, and where main runs)");
            }
        });
    }

    private static int number(Properties properties, String name, int otherwise) {
        try {
            return Integer.parseInt(
                    properties.getProperty(name, Integer.toString(otherwise)).trim());
        } catch (NumberFormatException e) {
            return otherwise; // the client itself says what is wrong with it
        }
    }
}
