package dev.weir.core.model;

import java.util.List;

/**
 * What goes to the dead-letter topic for one event (all its rejects before the exchange) or for one reading (a keyed reject).
 *
 * @param rejects at least one, in the order in which they were found
 * @param eventKey the event's key, or null
 * @param eventValue the event's bytes; null for a tombstone, and when {@code reading} stands in for them
 * @param reading the rejected reading, when {@code weir.dead-letter.payload} is {@code reading}; else null
 * @param generation the life of the pipeline's state that made it
 */
public record DeadLetter(
        Origin origin, List<Reject> rejects, byte[] eventKey, byte[] eventValue, Reading reading, int generation) {}
