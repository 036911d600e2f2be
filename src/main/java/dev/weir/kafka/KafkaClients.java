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

/** Makes the properties that the Kafka clients of the job are created with. */
public final class KafkaClients {
    /**
     * The timeout of a check: long enough for a slow broker, short enough for a person who waits at a console. Kafka's
     * default is a minute.
     */
    private static final int CHECK_TIMEOUT_MILLIS = 12_000;

    private static final int CHECK_REQUEST_TIMEOUT_MILLIS = 6_000;
    /** The mechanisms that use a user name and a password. Only their callback handler is asked at each connection. */
    private static final String WITH_PASSWORD = "PLAIN|SCRAM-SHA-(256|512)";

    private static final List<String> FILES =
            List.of(SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG, SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG);

    private KafkaClients() {}

    /**
     * Returns the user's properties, the servers, and the config providers that references to secrets need. Passwords
     * of SASL PLAIN and SCRAM that are given by reference are read again for each connection. All other references are
     * read when a client is created.
     */
    public static Properties properties(WeirConfig.Kafka kafka) {
        Map<String, String> own = SecretReferences.withProviders(kafka.properties());
        String jaas = own.get(SaslConfigs.SASL_JAAS_CONFIG);
        String mechanism = own.getOrDefault(SaslConfigs.SASL_MECHANISM, "");
        if (jaas != null && SecretReferences.isIn(jaas) && mechanism.matches(WITH_PASSWORD)) {
            own.putIfAbsent(SaslConfigs.SASL_CLIENT_CALLBACK_HANDLER_CLASS, FreshCredentials.class.getName());
            // Encoded, because the client would otherwise replace the references in it once, at its creation.
            own.put(
                    FreshCredentials.TEMPLATE,
                    Base64.getEncoder().encodeToString(jaas.getBytes(StandardCharsets.UTF_8)));
        }
        Properties properties = new Properties();
        properties.putAll(own);
        properties.setProperty(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
        return properties;
    }

    /**
     * Returns the properties for a client that asks one question while a person waits. It gives up within about 12 s,
     * unless the user configured other timeouts.
     */
    public static Properties forChecks(WeirConfig.Kafka kafka) {
        Properties properties = properties(kafka);
        int request = number(properties, CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, CHECK_REQUEST_TIMEOUT_MILLIS);
        int whole = number(
                properties, CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, Math.max(CHECK_TIMEOUT_MILLIS, request));
        // Kafka refuses a request timeout that is longer than the timeout of the call.
        properties.setProperty(
                CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, Integer.toString(Math.min(request, whole)));
        properties.setProperty(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, Integer.toString(whole));
        return properties;
    }

    /**
     * Sets the transaction timeout of a producer to the job's, so that the broker keeps its transactions open as long.
     */
    public static void letTransactionsLast(Properties producer, WeirConfig.Kafka kafka) {
        long millis = TransactionLife.timeout(kafka.properties()).toMillis();
        producer.setProperty(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, Long.toString(millis));
    }

    /**
     * Checks the same as {@link #requireReadable}, before the clients of a running job are created. A file missing on
     * this host will not appear on retry, so the job fails without restarting.
     *
     * @param role the process that this runs in, such as {@code the JobManager}
     * @throws RefusedException if a reference cannot be read; the message names the process and the property
     */
    public static void requireReadableOn(String role, WeirConfig.Kafka kafka) {
        try {
            requireReadable(kafka);
        } catch (ConfigException e) {
            throw new RefusedException("on " + role + ": " + e.getMessage(), e);
        }
    }

    /**
     * Checks that this process can read everything that the properties refer to.
     *
     * @throws ConfigException if it cannot; the message names the property and never holds a secret
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
            return otherwise; // The client reports the malformed number itself.
        }
    }
}
