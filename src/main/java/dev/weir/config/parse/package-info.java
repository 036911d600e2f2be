/**
 * What options and catalog have in common: YAML that knows its lines, durations, the nearest known key, and the list of
 * problems. No key of Weir's is named here. Uses nothing of Weir.
 */
package dev.weir.config.parse;
