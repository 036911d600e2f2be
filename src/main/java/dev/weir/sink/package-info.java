/**
 * Writes results to outside systems: one package for each system, none of which knows another. No class may live here,
 * because code that two sinks share would couple them.
 */
package dev.weir.sink;
