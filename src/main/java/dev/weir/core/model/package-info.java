/**
 * The vocabulary: what flows through the pipeline, and what is counted of it. Immutable values without behaviour, but for {@link
 * dev.weir.core.model.Tally}, which counts. They depend on nothing; no rule may live here. {@link dev.weir.core.model.Reason} and {@link
 * dev.weir.core.model.Flag} are the only lists of reasons and flags: whatever else needs one derives it from them.
 */
package dev.weir.core.model;
