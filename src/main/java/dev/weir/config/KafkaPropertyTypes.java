package dev.weir.config;

import static dev.weir.config.WeirOptions.KAFKA_PROPERTIES;

import java.util.List;
import java.util.Map;
import org.apache.flink.connector.kafka.source.KafkaSourceOptions;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.common.config.ConfigException;

/**
 * Checks {@code weir.kafka.properties.*} by Kafka's own definitions. A value that no client accepts would otherwise
 * fail each attempt of the job. Kafka accepts unknown properties, for plugins, so an unknown name is no problem here.
 */
final class KafkaPropertyTypes {
    private static final List<ConfigDef> CLIENTS =
            List.of(ConsumerConfig.configDef(), ProducerConfig.configDef(), AdminClientConfig.configDef());

    /** The most unacknowledged requests that a transactional producer allows. */
    private static final int MOST_IN_FLIGHT = 5;

    private KafkaPropertyTypes() {}

    static void check(OptionReader options, Map<String, String> properties) {
        properties.forEach((name, value) -> {
            boolean readElsewhere = value.contains("${"); // only the process that resolves it knows the value
            if (readElsewhere
                    || name.equals(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG)) { // TransactionOptions checks it
                return;
            }
            String fault = fault(name, value);
            if (fault != null) {
                options.problem(KAFKA_PROPERTIES.key() + "." + name, fault, "see Kafka's documentation of " + name);
            }
        });
    }

    private static String fault(String name, String value) {
        for (ConfigDef client : CLIENTS) {
            ConfigKey key = client.configKeys().get(name);
            if (key != null) {
                return fault(key, value);
            }
        }
        // Properties of the connector, which Kafka does not know.
        return name.equals(KafkaSourceOptions.PARTITION_DISCOVERY_INTERVAL_MS.key())
                        && !value.trim().matches("-?[0-9]{1,18}")
                ? "is wrong: \"" + value + "\" is not a number of milliseconds"
                : null;
    }

    private static String fault(ConfigKey key, String value) {
        if (key.type == ConfigDef.Type.CLASS || key.type == ConfigDef.Type.LIST) {
            return null; // a class may exist on the cluster only, for instance a login callback handler
        }
        boolean secret = key.type == ConfigDef.Type.PASSWORD;
        try {
            Object parsed = ConfigDef.parseType(key.name, value, key.type);
            if (key.validator != null) {
                key.validator.ensureValid(key.name, parsed);
            }
            if (key.name.equals(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION)
                    && (Integer) parsed > MOST_IN_FLIGHT) {
                return "must be at most " + MOST_IN_FLIGHT + ", got " + value
                        + ": dead letters are written in transactions";
            }
            return null;
        } catch (ConfigException e) {
            // Kafka's message repeats the value, which may be a secret.
            return secret ? "is wrong" : "is wrong: " + e.getMessage();
        }
    }
}
