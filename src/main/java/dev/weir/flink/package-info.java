/**
 * Hosts the core in Flink: operators that pass records to it, keep its state and set its timers, and the types that cross between
 * operators. No rule about data lives here. Uses {@code core}, {@code config}, {@code generation}, {@code kafka}, {@code metrics} and
 * {@code retry}. Savepoints contain the names of the serializers' snapshot classes, so these classes are never renamed or moved.
 */
package dev.weir.flink;
