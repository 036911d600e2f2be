/**
 * Decides which life of a pipeline's state a start belongs to, and whether it may start at all: generations, runs and
 * the fence. The rules are pure functions; PostgreSQL and the lake only remember. Uses {@code core}, {@code config},
 * {@code failure}, {@code postgres} and {@code retry}.
 */
package dev.weir.generation;
