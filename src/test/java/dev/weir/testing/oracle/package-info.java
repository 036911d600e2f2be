/**
 * What the outcome must be: a single-threaded fold over events, written from the rules alone (docs/rules.md,
 * docs/decisions.md) and for clarity. It imports nothing of {@code dev.weir.core} but {@code model}, so that a mistake
 * in the job's code path cannot hide in here as well; and nothing of Flink.
 */
package dev.weir.testing.oracle;
