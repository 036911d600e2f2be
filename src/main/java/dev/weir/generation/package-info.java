/**
 * Decides which life of a pipeline's state a start belongs to, and whether it may start at all: generations, runs and
 * the fence. The rules are pure functions; PostgreSQL and the lake only remember. Uses {@code core}, {@code config},
 * {@code failure} and {@code postgres}.
 */
package dev.weir.generation;
