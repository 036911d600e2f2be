/**
 * Parses what both options and catalog contain: YAML with line numbers, and durations. It also finds the nearest known
 * key, and collects problems. No key of Weir's is named here. Uses nothing of Weir.
 */
package dev.weir.config.parse;
