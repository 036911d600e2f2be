/** The promise under real faults: a cluster of processes, a steady workload, disasters by seed, and the comparison of all that came out. */
package dev.weir.chaos;
