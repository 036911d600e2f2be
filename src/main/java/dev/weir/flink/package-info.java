/**
 * The Flink shell around the core: operators that move records to it, keep its state and time its flushes, and the types that cross
 * between operators. No rule about data is decided here.
 */
package dev.weir.flink;
