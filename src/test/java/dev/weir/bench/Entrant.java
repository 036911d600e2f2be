package dev.weir.bench;

/**
 * Who runs on what.
 *
 * @param contender one of {@link Contenders#NAMES}
 * @param series of the fleet, where the workload asks for a number
 */
record Entrant(String contender, int series) {}
