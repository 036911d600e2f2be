package dev.weir.kafka;

import dev.weir.config.WeirConfig;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.errors.UnsupportedSaslMechanismException;

/** Explains why Kafka refused a client: names the option at fault, and the cure. */
public final class KafkaErrors {
    static final String JAAS_CURE =
            "write <login module> required username=\"...\" password=\"...\"; and keep quotes and line breaks out of"
                    + " the secrets that it refers to";

    private static final String PROPERTIES = "weir.kafka.properties.";

    private KafkaErrors() {}

    /**
     * Returns the option, the error and the cure, or null if the error is of another kind, such as a broker that is
     * away. The text holds no secret.
     */
    public static String explained(Throwable error, WeirConfig.Kafka kafka) {
        for (Throwable t = error; t != null; t = t.getCause()) {
            String text = explainedAlone(t, kafka);
            if (text != null) {
                return text;
            }
        }
        return null;
    }

    /**
     * Explains an exception of a client's constructor. Such an exception is always about the client's properties, so
     * this never returns null.
     */
    static String explainedCreation(Throwable error, WeirConfig.Kafka kafka) {
        String text = explained(error, kafka);
        if (text != null) {
            return text;
        }
        return isAboutJaas(error)
                ? PROPERTIES + "sasl.jaas.config is no JAAS configuration; " + JAAS_CURE
                : PROPERTIES + "*: no Kafka client can be created from these properties: " + reason(error);
    }

    /** Returns the error and the cure for an input topic that does not exist. */
    public static String missing(Object topic, WeirConfig.Kafka kafka) {
        return "weir.kafka.topics: " + topic + " does not exist on " + kafka.bootstrapServers()
                + "; create it or correct the name";
    }

    /** Returns the error and the cure for an input topic that the broker does not show. */
    public static String hidden(Object topic) {
        return "weir.kafka.topics: no right to DESCRIBE " + topic + "; grant READ on it (docs/security.md)";
    }

    /** Returns the error and the cure for a group that may not be used. */
    static String noGroup(WeirConfig.Kafka kafka) {
        return "weir.kafka.group: no right to use group " + kafka.group() + "; grant READ on it (docs/security.md)";
    }

    private static String explainedAlone(Throwable t, WeirConfig.Kafka kafka) {
        if (t instanceof SslAuthenticationException || t instanceof SSLException) {
            return tls(t, kafka);
        }
        if (t instanceof UnsupportedSaslMechanismException) {
            return PROPERTIES + "sasl.mechanism: " + t.getMessage();
        }
        if (t instanceof SaslAuthenticationException || t instanceof AuthenticationException) {
            return PROPERTIES + "sasl.jaas.config: " + kafka.bootstrapServers() + " refuses the credentials ("
                    + t.getMessage() + "); check user, password and " + PROPERTIES + "sasl.mechanism";
        }
        if (t instanceof TransactionalIdAuthorizationException) {
            return "weir.pipeline: no right to write with transactional ids that begin with it; grant WRITE and"
                    + " DESCRIBE on them (docs/security.md)";
        }
        if (t instanceof GroupAuthorizationException) {
            return noGroup(kafka);
        }
        if (t instanceof TopicAuthorizationException topics) {
            return "weir.kafka.topics, weir.dead-letter.topic: no right on " + topics.unauthorizedTopics()
                    + "; grant READ on the input topics, WRITE on the dead-letter topic (docs/security.md)";
        }
        if (t instanceof ConfigException && String.valueOf(t.getMessage()).startsWith("weir.")) {
            return t.getMessage();
        }
        return null;
    }

    private static String tls(Throwable t, WeirConfig.Kafka kafka) {
        String reason = reason(t);
        String servers = kafka.bootstrapServers();
        if (reason.contains("No subject alternative") || reason.contains("No name matching")) {
            return "weir.kafka.bootstrap-servers: the certificate of " + servers + " is for another host (" + reason
                    + "); use a name that the certificate holds, also in the broker's advertised.listeners";
        }
        if (reason.contains("PKIX") || reason.contains("certification path")) {
            return PROPERTIES + "ssl.truststore.location: the certificate of " + servers
                    + " is not signed by an authority in the truststore (" + reason
                    + "); add the authority that signed it";
        }
        if (reason.contains("fatal alert") || isAboutACertificate(t)) {
            return PROPERTIES + "ssl.keystore.location: " + servers
                    + " refuses the client's certificate, or the lack of one (" + reason
                    + "); use one that is signed by an authority that the broker trusts";
        }
        return PROPERTIES + "security.protocol: no TLS with " + servers + " (" + reason
                + "); check that the port is a TLS listener, and " + PROPERTIES + "ssl.*";
    }

    private static boolean isAboutACertificate(Throwable error) {
        for (Throwable t = error; t != null; t = t.getCause()) {
            if (t instanceof CertificateException) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAboutJaas(Throwable error) {
        for (Throwable t = error; t != null; t = t.getCause()) {
            for (StackTraceElement frame : t.getStackTrace()) {
                if (frame.getClassName().contains("Jaas")) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * Returns the message of Kafka's innermost exception and of its root cause. The outer exceptions only say that a
     * client could not be created.
     */
    private static String reason(Throwable error) {
        String ofKafka = "";
        String innermost = String.valueOf(error.getMessage());
        for (Throwable t = error; t != null; t = t.getCause()) {
            innermost = t.getMessage() == null ? innermost : t.getMessage();
            ofKafka = t instanceof KafkaException ? innermost : ofKafka;
        }
        return ofKafka.isEmpty() || ofKafka.equals(innermost) ? innermost : ofKafka + ": " + innermost;
    }
}
