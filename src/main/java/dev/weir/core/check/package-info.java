/**
 * The verdicts that need no history: event level and reading level before the exchange, with the units that they
 * convert. Uses {@code core.catalog}, {@code core.model} and {@code core.decode}. May not live here: syntax of events,
 * and rules that look at a series.
 */
package dev.weir.core.check;
