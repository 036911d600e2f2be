/**
 * The values that flow through the pipeline, and their counts. They are immutable and have no behaviour, except {@link
 * dev.weir.core.model.Tally}, which counts. They depend on nothing, and no rule may live here. {@link dev.weir.core.model.Reason} and
 * {@link dev.weir.core.model.Flag} are the only lists of reasons and flags. All other lists of them are derived.
 */
package dev.weir.core.model;
