package dev.weir.registry;

import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLException;
import org.apache.kafka.common.KafkaException;

/** Says why a registry gives no schema, and the cure. */
final class RegistryErrors {
    static final String ADDRESS_CURE =
            "correct the address (Apicurio: it ends in /apis/ccompat/v7, /apis/registry/v2 or /apis/registry/v3)";

    private RegistryErrors() {}

    static String ofStatus(int status, String path) {
        String answers = "it answers " + status + " to " + path;
        return switch (status) {
            case 401 -> answers + ": it refuses the credentials; correct avro.registry.user and avro.registry.password";
            case 403 -> answers + ": no right to read schemas; grant it to avro.registry.user";
            case 404 -> answers + ", but not as a schema registry; " + ADDRESS_CURE;
            case 407 -> answers + ": a proxy wants credentials; let the registry be reached without it";
            case 429 -> answers + ": too many requests; raise its limit if this lasts";
            default ->
                status / 100 == 3
                        ? answers + ": a redirect, which is not followed; write the address that it leads to"
                        : answers + "; see the registry's log";
        };
    }

    /** Explains an exception of the HTTP client. */
    static String explained(Throwable error, String url) {
        Throwable tls = caused(error, SSLException.class);
        if (tls != null) {
            return ofTls(rootMessage(tls), url);
        }
        if (caused(error, UnresolvedAddressException.class) != null) {
            return "no such host; correct the address, or the name service";
        }
        if (caused(error, HttpTimeoutException.class) != null) {
            return "no answer in time; check the registry and the network";
        }
        if (caused(error, ConnectException.class) != null) {
            return "no connection; start the registry, or correct the address";
        }
        if (caused(error, KafkaException.class) != null) {
            return "avro.registry.ssl.*: " + rootMessage(error) + "; correct the file, its type or its password";
        }
        return "no answer (" + error.getClass().getSimpleName() + ": " + rootMessage(error)
                + "); check that http or https is right, the registry and the network";
    }

    private static String ofTls(String reason, String url) {
        if (reason.contains("No subject alternative") || reason.contains("No name matching")) {
            return "the certificate is for another host (" + reason + "); use a name that it holds";
        }
        if (reason.contains("PKIX") || reason.contains("certification path") || reason.contains("anchor")) {
            return "its certificate is not signed by an authority that is trusted (" + reason
                    + "); name the authority's in avro.registry.ssl.truststore.location";
        }
        if (reason.contains("fatal alert")) {
            return "it refuses the client's certificate, or the lack of one (" + reason
                    + "); correct avro.registry.ssl.keystore.location";
        }
        return "no TLS (" + reason + "); check that the port of " + url + " speaks it";
    }

    /** Returns the first exception of that type among the error and its causes; null for none. */
    static <T extends Throwable> T caused(Throwable error, Class<T> type) {
        for (Throwable t = error; t != null; t = t.getCause()) {
            if (type.isInstance(t)) {
                return type.cast(t);
            }
        }
        return null;
    }

    private static String rootMessage(Throwable error) {
        String message = "";
        for (Throwable t = error; t != null; t = t.getCause()) {
            message = t.getMessage() == null ? message : t.getMessage();
        }
        return message.isEmpty() ? error.getClass().getSimpleName() : message;
    }
}
