package dev.weir.chaos;

import java.time.Duration;

/**
 * One disaster of a run.
 *
 * @param at since the run began
 * @param outage from its beginning until a checkpoint that began after its end had completed and stood in the books, with new events
 * @param lostCheckpoints that were begun meanwhile and never completed
 */
record Hit(Duration at, String name, String proof, Duration outage, long lostCheckpoints) {}
