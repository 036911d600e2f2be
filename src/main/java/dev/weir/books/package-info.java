/**
 * Keeps the books: operators count what happens to every event and reading, one operator adds the counts up, and the
 * totals are written when their checkpoint completes. The fence, which says how far the pipeline has committed, is
 * written with them. Uses {@code core.model}, {@code config}, {@code failure}, {@code generation}, {@code metrics},
 * {@code postgres} and {@code retry}.
 */
package dev.weir.books;
