package dev.weir.kafka;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.AppConfigurationEntry;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.JaasContext;
import org.apache.kafka.common.security.auth.AuthenticateCallbackHandler;

/**
 * Answers a SASL client with the user and password that {@code sasl.jaas.config} refers to at the moment of the
 * question. Kafka asks at each connection and each re-authentication, so a rotated password needs no new client.
 * Kafka's own handler keeps the password that was current when the client was created.
 */
public final class FreshCredentials implements AuthenticateCallbackHandler {
    /** The client property that holds {@code sasl.jaas.config} with its references, in Base64. */
    static final String TEMPLATE = "weir.sasl.jaas.config.template";

    private Map<String, ?> properties = Map.of();
    private String template;

    @Override
    public void configure(Map<String, ?> configs, String mechanism, List<AppConfigurationEntry> entries) {
        properties = configs;
        template =
                new String(Base64.getDecoder().decode(String.valueOf(configs.get(TEMPLATE))), StandardCharsets.UTF_8);
    }

    /**
     * Sets the name and the password that the client asks for.
     *
     * @throws IOException if a reference cannot be read, or the resolved text is no JAAS configuration; the message
     *     holds no secret
     */
    @Override
    public void handle(Callback[] callbacks) throws IOException, UnsupportedCallbackException {
        for (Callback callback : callbacks) {
            if (callback instanceof NameCallback name) {
                name.setName(option("username"));
            } else if (callback instanceof PasswordCallback password) {
                password.setPassword(option("password").toCharArray());
            } else {
                throw new UnsupportedCallbackException(callback);
            }
        }
    }

    @Override
    public void close() {}

    private String option(String name) throws IOException {
        String text;
        try {
            text = SecretReferences.resolved(template, properties);
        } catch (ConfigException e) {
            throw new IOException("weir.kafka.properties.sasl.jaas.config: " + e.getMessage());
        }
        String value = value(text, name);
        if (value == null) {
            throw new IOException("weir.kafka.properties.sasl.jaas.config: no " + name + " can be read from it; "
                    + KafkaErrors.JAAS_CURE);
        }
        return value;
    }

    /**
     * Returns the option's value, or null if the text cannot be parsed. Do not pass on the parser's exceptions: their
     * messages quote parts of the password.
     */
    private static String value(String jaas, String name) {
        try {
            JaasContext context =
                    JaasContext.loadClientContext(Map.of(SaslConfigs.SASL_JAAS_CONFIG, new Password(jaas)));
            return JaasContext.configEntryOption(context.configurationEntries(), name, null);
        } catch (RuntimeException e) {
            return null;
        }
    }
}
