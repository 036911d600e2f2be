package dev.weir.core.catalog;

import java.io.Serializable;
import java.util.Map;

/**
 * How Avro bodies find their schema. Exactly one of the two is set.
 *
 * @param schema the schema's JSON, with which plain bodies are written; null for bodies in a registry's wire format
 * @param registry the schema registry; null for plain bodies
 */
public record Avro(String schema, Registry registry) implements Serializable {

    /**
     * Access to a schema registry.
     *
     * @param url base URL, without user and password
     * @param user null for no authentication
     * @param password the password or a reference such as {@code ${env:NAME}}, which is resolved where it is used; null for none
     * @param ssl TLS settings by Kafka's names for them, for instance {@code ssl.truststore.location}; may hold secrets
     */
    public record Registry(String url, String user, String password, Map<String, String> ssl) implements Serializable {

        /** Shows no secret. */
        @Override
        public String toString() {
            return "Registry[url=" + url + ", user=" + user + ']';
        }
    }
}
