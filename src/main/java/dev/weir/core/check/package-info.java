/**
 * The checks that need no history, on event level and reading level, before the exchange, with the conversion of units. Uses {@code
 * core.catalog}, {@code core.model} and {@code core.decode}. The syntax of events and rules that look at a series may not live here.
 */
package dev.weir.core.check;
