/**
 * The books: what happened to every event and reading, counted where it happens, totalled in one place and written when
 * the checkpoint that holds it completes - together with the fence, which says how far the pipeline has committed. Uses
 * {@code core.model}, {@code config}, {@code failure}, {@code generation}, {@code metrics} and {@code postgres}.
 */
package dev.weir.books;
