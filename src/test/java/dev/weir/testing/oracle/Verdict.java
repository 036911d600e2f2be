package dev.weir.testing.oracle;

/** What became of one reading slot: accepted (so far), or rejected. */
sealed interface Verdict permits Accepted, Rejected {}
