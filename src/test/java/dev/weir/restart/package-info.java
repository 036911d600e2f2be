/**
 * Proves what becomes of a pipeline when it starts again: from its own savepoint, with another version or configuration, from state that
 * an earlier format wrote, or without state.
 */
package dev.weir.restart;
