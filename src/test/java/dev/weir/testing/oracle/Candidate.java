package dev.weir.testing.oracle;

/**
 * A reading that passed every check which needs no history.
 *
 * @param exact the value of the reading before it became a double
 */
record Candidate(Accepted reading, Ratio exact) implements Verdict {}
