/**
 * Where results go: one package for each outside system, none of which knows another. No class may live here, for what two sinks shared
 * would be what couples them.
 */
package dev.weir.sink;
