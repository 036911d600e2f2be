/**
 * Which life of a pipeline's state a start belongs to, and whether it may start at all: generations, runs and the fence (DESIGN.md,
 * section 6). The rules are plain; PostgreSQL and the lake only remember.
 */
package dev.weir.generation;
