/**
 * The Flink shell around the core: operators that move records to it, keep its state and time its flushes, and the
 * types that cross between operators. No rule about data is decided here. Uses {@code core}, {@code config},
 * {@code generation}, {@code kafka}, {@code metrics} and {@code retry}. Savepoints hold the names of the serializers' snapshot
 * classes: those classes are never renamed or moved.
 */
package dev.weir.flink;
