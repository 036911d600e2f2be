/**
 * Separates the graph from the outside systems that get results. An {@link dev.weir.output.Output} says what it brings
 * with it and which streams it uses. Knows no outside system; each implementation is in the package of its sink. Uses
 * {@code core.model}, {@code doctor} and {@code generation}.
 */
package dev.weir.output;
