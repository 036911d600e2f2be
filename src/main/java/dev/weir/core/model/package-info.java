/** The vocabulary: what flows through the pipeline. Immutable values without behaviour; they depend on nothing. */
package dev.weir.core.model;
