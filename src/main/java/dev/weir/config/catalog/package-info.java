/**
 * Reads {@code catalog.yaml}: makes the model in {@code core.catalog} of it, or finds all its problems, each at its
 * line. Uses {@code config.parse} and, of the core, the model, the units that can be converted, and the parser of Avro
 * schemas.
 */
package dev.weir.config.catalog;
