/**
 * The vocabulary: what flows through the pipeline, and what is counted of it. Immutable values without behaviour, but for {@link
 * dev.weir.core.model.Tally}, which counts. They depend on nothing; no rule may live here.
 */
package dev.weir.core.model;
