package dev.weir.core.catalog;

import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;

/**
 * The options {@code weir.time.*}.
 *
 * @param disorder how long a window waits past its end, on the series clock, before its first result
 * @param lateness how far behind the series clock a reading may be and still count, for metrics without a lateness of their own; at least
 *     {@code disorder}
 * @param futureSkew how far an event time may lie ahead of its record's timestamp
 * @param idleFlush silence of a series, in processing time, after which its due windows are emitted
 * @param earliest earliest good event time
 */
public record TimeSettings(
        Duration disorder, Duration lateness, Duration futureSkew, Duration idleFlush, Instant earliest)
        implements Serializable {}
