package dev.weir.registry;

import java.util.List;

/** What to ask a registry for the schema of an id. */
interface RegistryProtocol {
    /** The part of the address that Apicurio's own protocol is at. Its version of Confluent's is elsewhere. */
    String APICURIO = "/apis/registry/";

    /**
     * Returns a schema's text, and before it those that it refers to, each before those that refer to it.
     *
     * @throws UnusableSchemaException if there is no such schema
     * @throws dev.weir.core.decode.NotNowException if the registry does not answer as one
     */
    List<String> schema(long id) throws UnusableSchemaException;

    static RegistryProtocol of(String url, RegistryHttp http) {
        return url.contains(APICURIO) ? new ApicurioProtocol(url, http) : new ConfluentProtocol(http);
    }
}
