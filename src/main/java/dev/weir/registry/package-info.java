/**
 * The client of schema registries: Confluent's protocol, which others speak as well, and Apicurio's own. Gives the decoders of Avro inputs
 * their writers' schemas, and {@code doctor} its checks of the registry. Reads only; registers nothing.
 */
package dev.weir.registry;
