package dev.weir.config.catalog;

import java.io.Serializable;

/**
 * A token bucket per series, in event time.
 *
 * @param rate tokens over time
 * @param burst greatest number of tokens, at least 1, and the number that a new series begins with
 */
public record Quota(Rate rate, long burst) implements Serializable {}
