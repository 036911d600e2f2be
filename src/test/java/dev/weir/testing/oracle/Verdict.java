package dev.weir.testing.oracle;

/** What became of one reading slot: accepted, rejected, or so far neither. */
sealed interface Verdict permits Accepted, Candidate, Rejected {}
