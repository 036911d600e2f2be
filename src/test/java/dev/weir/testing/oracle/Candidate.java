package dev.weir.testing.oracle;

/**
 * A reading that passed every check which needs no history.
 *
 * @param exact the value of the reading before it became a double
 * @param laterMicros the other instant that the reading can mean; null where there is none, or it lies in the future
 */
record Candidate(Accepted reading, Ratio exact, Long laterMicros) implements Verdict {
    Candidate atLater() {
        Accepted at = new Accepted(
                reading.series(),
                laterMicros,
                reading.value(),
                reading.unit(),
                reading.site(),
                reading.quality(),
                reading.origin());
        return new Candidate(at, exact, null);
    }
}
