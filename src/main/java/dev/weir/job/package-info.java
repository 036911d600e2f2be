/**
 * The production job: {@link dev.weir.job.Pipeline} is the graph, {@link dev.weir.job.JobDefinition} puts source, outputs
 * and graph together, and {@link dev.weir.job.ClusterStart} is what happens when a cluster calls {@code main}. The only
 * package that knows source, operators and every sink. No rule about data and no line of input or output may live here.
 */
package dev.weir.job;
