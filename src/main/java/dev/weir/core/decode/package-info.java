/**
 * From the bytes of an event to cells, texts, numbers and instants. Lives here: what knows JSON, CSV, number syntax and
 * time formats. Uses {@code core.catalog} and {@code core.model}. May not live here: verdicts that need the catalog's
 * metrics.
 */
package dev.weir.core.decode;
