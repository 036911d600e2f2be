/**
 * The model of the catalog and the time settings, as plain serializable values that {@code config} has checked. Also the rules for names,
 * the comparison of names, and the spellings of units. Uses {@code core.model} for the flags.
 */
package dev.weir.core.catalog;
