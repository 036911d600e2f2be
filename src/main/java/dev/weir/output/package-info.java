/**
 * The seam between the graph and the outside systems that results go to: what an {@link dev.weir.output.Output} brings
 * with it, and which streams it can take. Knows no outside system; each implementation lives with its sink. Uses
 * {@code core.model}, {@code doctor} and {@code generation}.
 */
package dev.weir.output;
