/**
 * Decodes the bytes of an event into cells, texts, numbers and instants. Code that knows JSON, CSV, the syntax of numbers and time formats
 * lives here. Uses {@code core.catalog} and {@code core.model}. Verdicts that need the catalog's metrics may not live here.
 */
package dev.weir.core.decode;
