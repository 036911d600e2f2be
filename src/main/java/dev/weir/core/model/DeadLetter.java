package dev.weir.core.model;

import java.util.List;

/**
 * A record for the dead-letter topic. It holds either all rejects of one event before the exchange, or one keyed reject of one reading.
 *
 * @param rejects at least one, in the order in which they were found
 * @param eventKey the event's key, or null
 * @param eventValue the event's bytes; null for a tombstone, and if {@code reading} replaces them
 * @param reading the rejected reading if {@code weir.dead-letter.payload} is {@code reading}; otherwise null
 * @param generation the generation of the pipeline's state that made it
 */
public record DeadLetter(
        Origin origin, List<Reject> rejects, byte[] eventKey, byte[] eventValue, Reading reading, int generation) {}
