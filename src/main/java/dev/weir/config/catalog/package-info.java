/**
 * Reads {@code catalog.yaml}: makes the model in {@code core.catalog} of it, or finds all its problems, each at its
 * line. Uses {@code config.parse} and, of the core, the model and the units that can be converted.
 */
package dev.weir.config.catalog;
