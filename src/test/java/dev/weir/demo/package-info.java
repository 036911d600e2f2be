/**
 * The demo, {@code ./mvnw -Pdemo}: real servers in this process, real readings, the production job on a local Flink cluster, and a
 * summary that is compared with the oracle. Nothing here is known to the job, and no test of the job lives here.
 */
package dev.weir.demo;
